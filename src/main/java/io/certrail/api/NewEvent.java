package io.certrail.api;

import io.certrail.event.NamedValue;
import io.certrail.event.Outcome;
import io.certrail.event.PostedEvent.Posted;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An event as it is posted. A member that is none of these is refused rather than dropped: what somebody wants on
 * record must not vanish without a word.
 *
 * @param action what was done; the one member that has to be there
 * @param resource to what it was done
 * @param outcome {@code success} (default), {@code failure} or {@code unknown}
 * @param message in the poster's words
 * @param time when it happened by the poster's clock: RFC 3339
 * @param attributes more, by name
 */
public record NewEvent(
        @NotNull @Size(min = 1, max = 128) String action,
        @Size(min = 1, max = 512) @Nullable String resource,
        @Pattern(regexp = "success|failure|unknown") @Nullable String outcome,
        @Size(min = 1, max = 512) @Nullable String message,
        @Timestamp @Nullable String time,
        @Size(max = 16) @Nullable
                Map<@Pattern(regexp = "[A-Za-z0-9_.-]{1,64}") @NotNull String, @NotNull @Size(max = 512) String>
                        attributes) {

    /** The event for the record, after validation. */
    Posted posted() {
        return new Posted(
                action,
                resource,
                outcome == null ? Outcome.SUCCESS : Outcome.valueOf(outcome.toUpperCase(Locale.ROOT)),
                message,
                time == null ? null : instant(time),
                values());
    }

    private static Instant instant(String time) {
        return OffsetDateTime.parse(time.toUpperCase(Locale.ROOT)).toInstant();
    }

    private List<NamedValue> values() {
        Map<String, String> sorted = new TreeMap<>(attributes == null ? Map.of() : attributes);
        return sorted.entrySet().stream()
                .map(entry -> new NamedValue(entry.getKey(), entry.getValue()))
                .toList();
    }
}
