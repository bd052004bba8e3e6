package io.certrail.scan.settings;

import io.certrail.event.DurationText;
import io.certrail.scan.settings.Rule.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** Certrail's own properties, as MicroProfile Config reads them from {@code microprofile-config.properties}. */
final class CertrailRules {
    private static final Duration YEAR = Duration.ofDays(365);

    private CertrailRules() {}

    static List<Fault> faults(String file, Properties values) {
        List<Fault> faults = new ArrayList<>();
        word(values, "certrail.durability", "none", "answer")
                .ifPresent(says -> faults.add(
                        Rule.DURABILITY.fault(file, says, "expected answer or work", "certrail.durability=answer")));
        word(values, "certrail.on-failure", "continue", "refuse")
                .ifPresent(says ->
                        faults.add(Rule.ON_FAILURE.fault(file, says, "expected refuse", "certrail.on-failure=refuse")));
        word(values, "certrail.checkpoint.to", "none", "none")
                .ifPresent(says -> faults.add(Rule.SINK.fault(
                        file,
                        says,
                        "expected a place elsewhere",
                        "certrail.checkpoint.to=syslog:loghost.example:6514")));
        String age = values.getProperty("certrail.trail.retention.age", "unlimited");
        if (isShort(age)) {
            faults.add(Rule.RETENTION.fault(
                    file,
                    "certrail.trail.retention.age=" + age,
                    "expected " + DurationText.of(YEAR) + " or more, or unlimited",
                    "certrail.trail.retention.age=400d"));
        }
        return faults;
    }

    /** What the file says, if that, or its default, is the bad word. */
    private static Optional<String> word(Properties values, String key, String bad, String byDefault) {
        String value = values.getProperty(key, byDefault).strip();
        return value.equals(bad) ? Optional.of(key + "=" + value) : Optional.empty();
    }

    /** What is no time, the server itself refuses when it starts. */
    private static boolean isShort(String age) {
        Duration kept = DurationText.parse(age.strip());
        return kept != null && kept.compareTo(YEAR) < 0;
    }
}
