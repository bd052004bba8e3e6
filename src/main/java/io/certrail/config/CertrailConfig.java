package io.certrail.config;

import io.certrail.index.IndexOptions;
import io.certrail.recorder.Durability;
import io.certrail.recorder.FailurePolicy;
import io.certrail.recorder.FloodOptions;
import io.certrail.recorder.RecorderOptions;
import io.certrail.scan.selfcheck.SelfCheckOptions;
import io.certrail.sink.SinkOptions;
import io.certrail.sink.TlsOptions;
import io.certrail.trail.CheckpointOptions;
import io.certrail.trail.Retention;
import io.certrail.trail.TrailOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.jspecify.annotations.Nullable;

/**
 * All that is configured, checked.
 *
 * @param maxOpenConnections most open connections that are kept track of
 * @param roles that are looked up for a request's {@code user.roles}
 * @param index of the WAR
 * @param searchesPerMinute most searches of one client certificate in a minute
 * @param maxStreams most live streams at a time
 * @param selfCheck when and how the WAR scans its own server; {@code null}: never
 * @param settings every key with its value in force, in the order of {@link ConfigKey}
 */
public record CertrailConfig(
        RecorderOptions recorder,
        FloodOptions flood,
        TrailOptions trail,
        CheckpointOptions checkpoints,
        SinkOptions sinks,
        int maxOpenConnections,
        List<String> roles,
        IndexOptions index,
        int searchesPerMinute,
        int maxStreams,
        @Nullable SelfCheckOptions selfCheck,
        List<Setting> settings) {
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final long KIB = 1L << 10;
    private static final long TIB = 1L << 40;

    public CertrailConfig {
        roles = List.copyOf(roles);
        settings = List.copyOf(settings);
    }

    /**
     * Reads the configuration.
     *
     * @throws InvalidConfigException if a value is not what its key takes, or a key does not exist
     */
    public static CertrailConfig read(Config config) {
        KnownKeys.check(config.getPropertyNames());
        Map<ConfigKey, Setting> settings = new EnumMap<>(ConfigKey.class);
        for (ConfigKey key : ConfigKey.values()) {
            settings.put(key, setting(key, config));
        }
        return new Reading(settings).config();
    }

    /** A value of blanks counts as none for MicroProfile Config; here it is an error, for somebody meant something. */
    private static Setting setting(ConfigKey key, Config config) {
        ConfigValue found = config.getConfigValue(key.key());
        String value = found.getValue();
        if (value == null && found.getRawValue() == null) {
            return new Setting(key, key.defaultValue(), Setting.DEFAULT);
        }
        if (value == null || value.isBlank()) {
            throw InvalidConfigException.value(key.key(), "", "a value: leave the key out for its default");
        }
        String source = found.getSourceName();
        return new Setting(key, value.strip(), source == null ? "unknown" : source);
    }

    /** From settings to options; all keys are there. */
    private record Reading(Map<ConfigKey, Setting> settings) {
        CertrailConfig config() {
            return new CertrailConfig(
                    recorder(),
                    flood(),
                    trail(),
                    checkpoints(),
                    sinks(),
                    of(ConfigKey.CONNECTIONS_MAX_OPEN).count(1, 10_000_000),
                    of(ConfigKey.ROLES).roles(),
                    index(),
                    of(ConfigKey.API_RATE).count(1, 1_000_000),
                    of(ConfigKey.API_STREAMS).count(0, 10_000),
                    selfCheck(),
                    new ArrayList<>(settings.values()));
        }

        private RecorderOptions recorder() {
            return new RecorderOptions(
                    of(ConfigKey.DURABILITY).word(Durability.class),
                    of(ConfigKey.ON_FAILURE).word(FailurePolicy.class),
                    of(ConfigKey.ANSWER_WAIT).duration(SHORTEST, MINUTE.multipliedBy(5)),
                    of(ConfigKey.SERVED_ALWAYS).paths());
        }

        private FloodOptions flood() {
            return new FloodOptions(
                    of(ConfigKey.FLOOD_RATE).countOrUnlimited(1, 1_000_000),
                    of(ConfigKey.FLOOD_BURST).count(1, 10_000_000),
                    of(ConfigKey.FLOOD_PERIOD).duration(SHORTEST, MINUTE.multipliedBy(60)),
                    of(ConfigKey.FLOOD_SOURCES).count(1, 1_000_000));
        }

        private TrailOptions trail() {
            return new TrailOptions(
                    of(ConfigKey.TRAIL_FOLDER).path(),
                    of(ConfigKey.SEGMENT_SIZE).bytes(4 * KIB, TIB),
                    of(ConfigKey.SEGMENT_AGE).duration(Duration.ofSeconds(1), Duration.ofDays(3650)),
                    of(ConfigKey.QUEUE_RECORDS).count(16, 10_000_000),
                    of(ConfigKey.QUEUE_SIZE).bytes(64 * KIB, TIB),
                    of(ConfigKey.LINGER).duration(Duration.ZERO, MINUTE),
                    of(ConfigKey.FORCE_INTERVAL).duration(Duration.ZERO, MINUTE),
                    of(ConfigKey.RETRY_INTERVAL).duration(SHORTEST, MINUTE),
                    retention(),
                    of(ConfigKey.WAL_SIZE).bytesOrNone(64 * KIB, TIB));
        }

        private IndexOptions index() {
            return new IndexOptions(
                    of(ConfigKey.INDEX).isOn(),
                    indexFolder(),
                    of(ConfigKey.INDEX_DATA_SOURCE).jndiNameOrNone(),
                    of(ConfigKey.CERTIFICATES_EXPIRING).countsOrNone(1, 3650));
        }

        /** An index that is made anew deletes what it finds in its folder. */
        private Path indexFolder() {
            Setting setting = of(ConfigKey.INDEX_FOLDER);
            TrailOptions trail = trail();
            Path folder = trail.folder().resolve(setting.plainPath()).normalize();
            if (trail.claims(folder)) {
                throw setting.invalid(
                        "a folder of its own: it is the trail's, above it, or one that the trail keeps in it");
            }
            return folder;
        }

        private CheckpointOptions checkpoints() {
            return new CheckpointOptions(
                    of(ConfigKey.CHECKPOINT_INTERVAL).duration(SHORTEST, Duration.ofHours(1)),
                    of(ConfigKey.CHECKPOINT_IDLE).duration(Duration.ofSeconds(1), Duration.ofDays(7)),
                    of(ConfigKey.KEY).pathOrInTrail(),
                    of(ConfigKey.ORIGIN).originOrGenerated());
        }

        private Retention retention() {
            Duration age =
                    of(ConfigKey.RETENTION_AGE).durationOrUnlimited(Duration.ofSeconds(1), Duration.ofDays(36_500));
            Long bytes = of(ConfigKey.RETENTION_SIZE).bytesOrUnlimited(4 * KIB, 1024 * TIB);
            return new Retention(age, bytes == null ? 0 : bytes);
        }

        private SinkOptions sinks() {
            return new SinkOptions(
                    of(ConfigKey.CHECKPOINT_TO).targets(),
                    tls(),
                    of(ConfigKey.CHECKPOINT_PACE).duration(Duration.ZERO, Duration.ofHours(1)),
                    of(ConfigKey.CHECKPOINT_TIMEOUT).duration(Duration.ofMillis(100), MINUTE));
        }

        private @Nullable SelfCheckOptions selfCheck() {
            Duration interval = of(ConfigKey.SELF_CHECK).durationOrOff(Duration.ofSeconds(10), Duration.ofDays(365));
            URI url = of(ConfigKey.SELF_CHECK_URL).httpsOrOwnListener();
            Duration timeout =
                    of(ConfigKey.SELF_CHECK_TIMEOUT).duration(Duration.ofSeconds(1), MINUTE.multipliedBy(60));
            Duration stall = of(ConfigKey.SELF_CHECK_STALL).duration(Duration.ofSeconds(1), MINUTE);
            if (interval == null) {
                return null;
            }
            return new SelfCheckOptions(
                    interval,
                    url,
                    of(ConfigKey.SELF_CHECK_CLIENTS).pathFor(ConfigKey.SELF_CHECK),
                    of(ConfigKey.SELF_CHECK_PASSWORD_FILE).pathFor(ConfigKey.SELF_CHECK),
                    of(ConfigKey.SELF_CHECK_TRUST).pathOrNone(),
                    timeout,
                    stall);
        }

        private TlsOptions tls() {
            Setting password = of(ConfigKey.CHECKPOINT_TLS_KEY_STORE_PASSWORD_FILE);
            Path keyStore = of(ConfigKey.CHECKPOINT_TLS_KEY_STORE).pathOrNone();
            if ((keyStore == null) != (password.pathOrNone() == null)) {
                throw password.invalid("given exactly if " + ConfigKey.CHECKPOINT_TLS_KEY_STORE.key() + " is");
            }
            return new TlsOptions(of(ConfigKey.CHECKPOINT_TLS_TRUST).pathOrNone(), keyStore, password.pathOrNone());
        }

        private Setting of(ConfigKey key) {
            @Nullable Setting setting = settings.get(key);
            if (setting == null) {
                throw new IllegalStateException("not read: " + key);
            }
            return setting;
        }
    }
}
