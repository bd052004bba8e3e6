/**
 * Invocations of CDI beans that are to be on record: {@link io.certrail.interceptor.Audited} marks a method or class,
 * {@link io.certrail.interceptor.AuditArgument} chooses arguments. {@code AuditedInterceptor} meets the calls,
 * {@code Invocations} records them, {@code AuditedMethod} is what the annotations say of one method.
 *
 * <p>One record per call that goes through the container. A bean that calls itself does not, and leaves none: that is
 * how CDI interceptors are (Jakarta Interceptors 2.1, section 2.3). Nested calls leave one record each. A call within a
 * request is linked to it; a call on a thread without one, such as a timer's or an executor's, stands alone. A method
 * that returns a {@code CompletionStage} is recorded when that completes, with the outcome and duration it then has; so
 * a stage that never completes leaves no record. An asynchronous method that returns nothing is recorded when it is
 * handed over.
 *
 * <p>An exception of the method is noted and thrown on; a failure of Certrail's own is counted and changes nothing. May
 * import: {@code event}, {@code recorder}. All types are safe for use by many threads.
 */
@NullMarked
package io.certrail.interceptor;

import org.jspecify.annotations.NullMarked;
