package io.certrail.interceptor;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * This argument of an {@link Audited} method stands in the record: {@code audit.arguments}. Arguments without it never
 * do. Its text is that of {@code toString()}, at most 512 characters of it; {@code null} is left out, masked or not.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface AuditArgument {
    /** Its name in the record; by default the parameter's, which needs {@code javac -parameters}. */
    String name() default "";

    /** Whether {@code ***} stands for the value: that it was given is on record, what it was is not. */
    boolean masked() default false;
}
