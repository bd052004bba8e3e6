package io.certrail.interceptor;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Every call of this method, or of every business method of this class, leaves an {@code app.invocation} record. What
 * stands on a method replaces what stands on its class.
 */
@InterceptorBinding
@Inherited
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Audited {
    /** What is done, in the application's words: {@code audit.action}. Left out of the record if empty. */
    @Nonbinding
    String action() default "";

    /** To what it is done, in the application's words: {@code audit.resource}. Left out of the record if empty. */
    @Nonbinding
    String resource() default "";
}
