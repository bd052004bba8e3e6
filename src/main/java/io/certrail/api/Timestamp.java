package io.certrail.api;

import io.certrail.event.Rfc3339;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A time as RFC 3339 writes it, with its offset, such as {@code 2026-03-01T12:00:00.5Z}; or {@code null}. */
@Documented
@Constraint(validatedBy = Timestamp.Rfc3339Validator.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE_USE})
public @interface Timestamp {
    /** What is said of a violation. */
    String message() default "must be an RFC 3339 time";

    /** As Bean Validation asks. */
    Class<?>[] groups() default {};

    /** As Bean Validation asks. */
    Class<? extends Payload>[] payload() default {};

    /** Checks the grammar of RFC 3339 section 5.6, then the calendar: also in UTC, as it is recorded. */
    final class Rfc3339Validator implements ConstraintValidator<Timestamp, String> {
        private static final Pattern GRAMMAR = Pattern.compile(
                "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)",
                Pattern.CASE_INSENSITIVE);

        /** For Bean Validation. */
        public Rfc3339Validator() {}

        @Override
        public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
            return value == null || isTime(value);
        }

        static boolean isTime(String value) {
            if (value.length() > 64 || !GRAMMAR.matcher(value).matches()) {
                return false;
            }
            try {
                return Rfc3339.has(
                        OffsetDateTime.parse(value.toUpperCase(Locale.ROOT)).toInstant());
            } catch (DateTimeException e) {
                return false;
            }
        }
    }
}
