package io.certrail.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.index.IndexOptions;
import io.certrail.recorder.Durability;
import io.certrail.recorder.FailurePolicy;
import io.certrail.recorder.FloodOptions;
import io.certrail.scan.selfcheck.SelfCheckOptions;
import io.certrail.servlet.FilterOptions;
import io.certrail.sink.SinkOptions;
import io.certrail.sink.Target;
import io.certrail.sink.TlsOptions;
import io.certrail.trail.CheckpointOptions;
import io.certrail.trail.Retention;
import io.certrail.trail.TrailOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertrailConfigTest {
    @Test
    void nothingConfiguredGivesTheDefaultsOfTheTable() {
        CertrailConfig config = CertrailConfig.read(FakeConfig.with());

        assertThat(config.recorder().durability()).isEqualTo(Durability.ANSWER);
        assertThat(config.recorder().onFailure()).isEqualTo(FailurePolicy.REFUSE);
        assertThat(config.recorder().answerWait()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.flood()).isEqualTo(new FloodOptions(100, 10_000, Duration.ofSeconds(10), 4096));
        assertThat(config.sinks()).isEqualTo(SinkOptions.NONE);
        assertThat(config.checkpoints()).isEqualTo(CheckpointOptions.defaults());
        assertThat(config.maxOpenConnections()).isEqualTo(65_536);
        assertThat(config.roles()).containsExactly("reporter", "auditor");
    }

    @Test
    void theTrailsDefaultsAreItsOwn() {
        TrailOptions trail = CertrailConfig.read(FakeConfig.with()).trail();

        assertThat(trail).isEqualTo(TrailOptions.of(Path.of("certrail-trail").toAbsolutePath()));
    }

    @Test
    void everyKeyReachesItsOption() {
        CertrailConfig config = CertrailConfig.read(FakeConfig.with(
                "certrail.trail.folder", "/var/lib/trail",
                "certrail.durability", "work",
                "certrail.on-failure", "continue",
                "certrail.answer-wait", "PT0.25S",
                "certrail.trail.segment-size", "1MB",
                "certrail.trail.segment-age", "1h",
                "certrail.trail.queue-records", "1000",
                "certrail.trail.queue-size", "512KiB",
                "certrail.trail.linger", "0ms",
                "certrail.trail.force-interval", "3s",
                "certrail.trail.retry-interval", "7s",
                "certrail.trail.wal-size", "4MB",
                "certrail.trail.retention.age", "90d",
                "certrail.trail.retention.size", "10GB",
                "certrail.checkpoint.interval", "10s",
                "certrail.checkpoint.idle", "30m",
                "certrail.key", "/etc/certrail/signer",
                "certrail.origin", "audit.example/payments",
                "certrail.served-always", "/live, /ready/now",
                "certrail.connections.max-open", "5",
                "certrail.flood.rate", "7",
                "certrail.flood.burst", "70",
                "certrail.flood.period", "1m",
                "certrail.flood.sources", "700",
                "certrail.checkpoint.to", "stdout, file:/mnt/worm/notes, syslog:logs.example:6514",
                "certrail.checkpoint.pace", "5s",
                "certrail.checkpoint.timeout", "3s",
                "certrail.checkpoint.tls.trust", "/etc/authorities.pem",
                "certrail.checkpoint.tls.key-store", "/etc/certrail.p12",
                "certrail.checkpoint.tls.key-store-password-file", "/run/secrets/certrail",
                "certrail.roles", "a, b",
                "certrail.index", "off",
                "certrail.index.folder", "/var/lib/index",
                "certrail.index.data-source", "jdbc/audit",
                "certrail.certificates.expiring", "60, 10",
                "certrail.api.requests-per-minute", "90",
                "certrail.api.streams", "3",
                "certrail.self-check", "12h",
                "certrail.self-check.url", "https://api.example.com:8443",
                "certrail.self-check.clients", "/etc/certrail/check",
                "certrail.self-check.password-file", "/run/secrets/check",
                "certrail.self-check.trust", "/etc/roots.pem",
                "certrail.self-check.timeout", "2m",
                "certrail.self-check.stall", "20s"));

        assertThat(config.recorder().durability()).isEqualTo(Durability.WORK);
        assertThat(config.recorder().onFailure()).isEqualTo(FailurePolicy.CONTINUE);
        assertThat(config.recorder().answerWait()).isEqualTo(Duration.ofMillis(250));
        assertThat(config.trail())
                .isEqualTo(new TrailOptions(
                        Path.of("/var/lib/trail"),
                        1_000_000,
                        Duration.ofHours(1),
                        1000,
                        512 * 1024,
                        Duration.ZERO,
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(7),
                        new Retention(Duration.ofDays(90), 10_000_000_000L),
                        4_000_000));
        assertThat(config.checkpoints())
                .isEqualTo(new CheckpointOptions(
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(30),
                        Path.of("/etc/certrail/signer"),
                        "audit.example/payments"));
        assertThat(config.recorder().servedAlways().paths()).containsExactly("/live", "/ready/now");
        assertThat(config.maxOpenConnections()).isEqualTo(5);
        assertThat(config.flood()).isEqualTo(new FloodOptions(7, 70, Duration.ofMinutes(1), 700));
        assertThat(config.sinks())
                .isEqualTo(new SinkOptions(
                        List.of(
                                new Target.Stdout(),
                                new Target.File(Path.of("/mnt/worm/notes")),
                                new Target.Syslog("logs.example", 6514)),
                        new TlsOptions(
                                Path.of("/etc/authorities.pem"),
                                Path.of("/etc/certrail.p12"),
                                Path.of("/run/secrets/certrail")),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(3)));
        assertThat(config.roles()).containsExactly("a", "b");
        assertThat(config.index())
                .isEqualTo(new IndexOptions(false, Path.of("/var/lib/index"), "jdbc/audit", List.of(10, 60)));
        assertThat(config.searchesPerMinute()).isEqualTo(90);
        assertThat(config.maxStreams()).isEqualTo(3);
        assertThat(config.selfCheck())
                .isEqualTo(new SelfCheckOptions(
                        Duration.ofHours(12),
                        URI.create("https://api.example.com:8443"),
                        Path.of("/etc/certrail/check"),
                        Path.of("/run/secrets/check"),
                        Path.of("/etc/roots.pem"),
                        Duration.ofMinutes(2),
                        Duration.ofSeconds(20)));
        assertThat(config.settings()).allSatisfy(s -> assertThat(s.source()).isEqualTo(FakeConfig.SOURCE));
    }

    @Test
    void selfCheckIsOffUnlessAskedForAndThenNeedsItsClients() {
        assertThat(CertrailConfig.read(FakeConfig.with()).selfCheck()).isNull();
        assertThatThrownBy(() -> CertrailConfig.read(FakeConfig.with("certrail.self-check", "1h")))
                .hasMessage(
                        "CTR0001 certrail.self-check.clients: \"none\" is not a path, which certrail.self-check needs");
        assertThatThrownBy(() -> CertrailConfig.read(
                        FakeConfig.with("certrail.self-check", "1h", "certrail.self-check.clients", "/etc/check")))
                .hasMessage(
                        "CTR0001 certrail.self-check.password-file: \"none\" is not a path, which certrail.self-check"
                                + " needs");
    }

    @Test
    void floodWithoutALimitIsAWord() {
        assertThat(CertrailConfig.read(FakeConfig.with("certrail.flood.rate", "unlimited"))
                        .flood()
                        .rate())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        certrail.durability             | sometimes | none, answer or work
        certrail.durability             | ANSWER    | none, answer or work
        certrail.on-failure             | panic     | refuse or continue
        certrail.answer-wait            | 0s        | a time from 1ms to 5m, such as 500ms, 2s, 10m, 24h, 90d or PT2S
        certrail.answer-wait            | 2         | a time from 1ms to 5m, such as 500ms, 2s, 10m, 24h, 90d or PT2S
        certrail.answer-wait            | -2s       | a time from 1ms to 5m, such as 500ms, 2s, 10m, 24h, 90d or PT2S
        certrail.trail.segment-size     | 1         | a size from 4KiB to 1TiB, such as 65536, 512kB, 64MiB or 1GB
        certrail.trail.segment-size     | 64 pounds | a size from 4KiB to 1TiB, such as 65536, 512kB, 64MiB or 1GB
        certrail.trail.queue-size       | 999999999999999TB | a size from 64KiB to 1TiB, such as 65536, 512kB, 64MiB or 1GB
        certrail.trail.queue-records    | many      | a whole number from 16 to 10000000
        certrail.trail.queue-records    | 0         | a whole number from 16 to 10000000
        certrail.trail.retention.age    | never     | a time from 1s to 36500d, such as 500ms, 2s, 10m, 24h, 90d or PT2S
        certrail.flood.rate             | 0         | a whole number from 1 to 1000000
        certrail.flood.period           | 0s        | a time from 1ms to 1h, such as 500ms, 2s, 10m, 24h, 90d or PT2S
        certrail.checkpoint.to          | stdout,mail:me | a list of places: instead of "mail:me" expected stdout, file:/absolute/path, syslog:host:port or witness:https://host/prefix#verifier-key
        certrail.checkpoint.to          | stdout,stdout  | a list of at most 32 different names between commas
        certrail.checkpoint.to          | syslog:h:1,syslog:[h]:1 | a list of places with each once
        certrail.checkpoint.tls.key-store-password-file | /p | given exactly if certrail.checkpoint.tls.key-store is
        certrail.self-check             | on        | a time from 10s to 365d, such as 500ms, 2s, 10m, 24h, 90d or PT2S
        certrail.self-check             | 1s        | a time from 10s to 365d, such as 500ms, 2s, 10m, 24h, 90d or PT2S
        certrail.self-check.url         | http://h  | own-listener or https://host:port
        certrail.self-check.url         | https://u:p@h | own-listener or https://host:port
        certrail.self-check.url         | :         | own-listener or https://host:port
        certrail.self-check.timeout     | 0s        | a time from 1s to 1h, such as 500ms, 2s, 10m, 24h, 90d or PT2S
        certrail.self-check.stall       | 2m        | a time from 1s to 1m, such as 500ms, 2s, 10m, 24h, 90d or PT2S
        certrail.roles                  | a,,b      | a list of at most 32 different names between commas
        certrail.roles                  | a,a       | a list of at most 32 different names between commas
        """)
    void badValueIsToldWithKeyValueAndWhatWasExpected(String key, String value, String expected) {
        assertThatThrownBy(() -> CertrailConfig.read(FakeConfig.with(key, value)))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessage("CTR0001 " + key + ": \"" + value + "\" is not " + expected);
    }

    @Test
    void rolesAreAsLongAsTheFilterTakesThem() {
        String longest = "r".repeat(128);
        List<String> roles = CertrailConfig.read(FakeConfig.with("certrail.roles", "auditor," + longest))
                .roles();
        assertThat(new FilterOptions(roles).roles()).containsExactly("auditor", longest);

        assertThatThrownBy(() -> CertrailConfig.read(FakeConfig.with("certrail.roles", "auditor,r" + longest)))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessage("CTR0001 certrail.roles: \"auditor,r" + longest
                        + "\" is not a list of names of at most 128 characters each");
    }

    @ParameterizedTest
    @EnumSource(ConfigKey.class)
    void emptyValueIsAnErrorNotTheDefault(ConfigKey key) {
        assertThatThrownBy(() -> CertrailConfig.read(FakeConfig.with(key.key(), "")))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageStartingWith("CTR0001 " + key.key() + ": \"\" is not a value");
    }

    @Test
    void pathThatTheSystemCannotHaveIsRefused() {
        assertThatThrownBy(() -> CertrailConfig.read(FakeConfig.with("certrail.trail.folder", "a\0b")))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessage("CTR0001 certrail.trail.folder: \"a?b\" is not a path of this operating system");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".", "..", "index/..", "/", "/var/lib", "entries", "Entries", "entries/index", "tile", "tile/0/x000",
                "checkpoints", "keys", "wal", "witness", "torn", "key", "key.pub", "checkpoint", "format", "lock",
                "clock", "key.next", "checkpoint.new"
            })
    void indexIsNotPutWhereTheTrailKeepsItsOwn(String folder) {
        Config config = FakeConfig.with("certrail.trail.folder", "/var/lib/trail", "certrail.index.folder", folder);
        assertThatThrownBy(() -> CertrailConfig.read(config))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessage(
                        "CTR0001 certrail.index.folder: \"" + folder
                                + "\" is not a folder of its own: it is the trail's, above it, or one that the trail keeps in it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"index", "a/b", "../index", "../trail-index", "/mnt/index"})
    void indexHasAFolderOfItsOwn(String folder) {
        Config config = FakeConfig.with("certrail.trail.folder", "/var/lib/trail", "certrail.index.folder", folder);
        assertThat(CertrailConfig.read(config).index().folder())
                .isEqualTo(Path.of("/var/lib/trail").resolve(folder).normalize());
    }

    @Test
    void valueIsShownOnOneBoundedLine() {
        String value = "x\r\n\u001b[31m" + "y".repeat(1000);

        assertThatThrownBy(() -> CertrailConfig.read(FakeConfig.with("certrail.durability", value)))
                .message()
                .contains("\"x???[31my")
                .hasSizeLessThan(300)
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource({
        "certrail.trail.foler, certrail.trail.folder",
        "certrail.durabilty, certrail.durability",
        "certrail.onfailure, certrail.on-failure",
        "certrail.trail.retention-age, certrail.trail.retention.age",
        "certrail.Durability, certrail.durability",
        "certrail.hook.deadlines, certrail.hook.deadline",
        "certrail.hook.que-facts, certrail.hook.queue-facts"
    })
    void misspeltKeyIsRefusedWithTheOneThatWasMeant(String key, String meant) {
        assertThatThrownBy(() -> CertrailConfig.read(FakeConfig.with(key, "hunter2")))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessage("CTR0002 " + key + ": there is no such key; did you mean " + meant + "?")
                .extracting(e -> ((InvalidConfigException) e).key())
                .isEqualTo(key);
    }

    @Test
    void keyThatResemblesNoneIsRefusedWithoutGuessing() {
        assertThatThrownBy(() -> CertrailConfig.read(FakeConfig.with("certrail.x.password.of.the.database", "s3cret")))
                .hasMessageContaining("the README lists")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void systemPropertiesOfTheHookAreLeftToIt() {
        System.setProperty("certrail.hook.deadline", "20s");
        try {
            assertThat(CertrailConfig.read(FakeConfig.with("certrail.hook.deadline", "20s"))
                            .settings())
                    .hasSameSizeAs(ConfigKey.values());
        } finally {
            System.clearProperty("certrail.hook.deadline");
        }
    }

    @Test
    void optionOfTheHookThatItDoesNotSeeIsRefused() {
        assertThatThrownBy(() -> CertrailConfig.read(FakeConfig.with("certrail.hook.queue-bytes", "1")))
                .hasMessage(
                        "CTR0002 certrail.hook.queue-bytes: there is no such key; the JSSE hook knows it, as a system"
                                + " property alone");
    }

    @Test
    void misspeltEnvironmentVariableIsRefused() {
        assertThatThrownBy(() -> CertrailConfig.read(FakeConfig.with("CERTRAIL_DURABILTY", "none")))
                .hasMessage("CTR0002 CERTRAIL_DURABILTY: there is no such key; did you mean CERTRAIL_DURABILITY?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            CERTRAIL_RETENTION_AGE | did you mean CERTRAIL_TRAIL_RETENTION_AGE? (what is not for Certrail needs another name)
            CERTRAIL_SERVICE_LEVEL | the README lists those that exist (what is not for Certrail needs another name)
            CERTRAIL_X             | the README lists those that exist (what is not for Certrail needs another name)
            certrail_durabilty     | did you mean certrail_durability?
            Certrail.durability    | did you mean certrail.durability?
            %dev.certrail.durabilty| did you mean certrail.durability?
            """)
    void nameLikeOnesOfOursThatDoesNotExistIsRefusedWhateverItsForm(String name, String hint) {
        assertThatThrownBy(() -> CertrailConfig.read(FakeConfig.with(name, "90d")))
                .hasMessage("CTR0002 " + name + ": there is no such key; " + hint);
    }

    @Test
    void keyIsKnownInEveryFormThatMicroProfileConfigTakes() {
        FakeConfig config = FakeConfig.with(
                "CERTRAIL_TRAIL_WAL_SIZE",
                "1MiB",
                "certrail_trail_wal_size",
                "1MiB",
                "%dev.certrail.durability",
                "none");

        assertThat(CertrailConfig.read(config).settings()).hasSameSizeAs(ConfigKey.values());
    }

    @Test
    void variableThatTheServerShowsAlsoWithDotsIsNoKeyThatDoesNotExist() {
        FakeConfig config = FakeConfig.with(
                "CERTRAIL_TRAIL_WAL_SIZE",
                "1MiB",
                "certrail.trail.wal.size",
                "1MiB",
                "CERTRAIL_SERVICE_HOST",
                "10.0.0.1",
                "certrail.service.host",
                "10.0.0.1",
                "CERTRAIL_PORT_8443_TCP_ADDR",
                "10.0.0.1",
                "certrail.port[8443]tcp.addr",
                "10.0.0.1");

        assertThat(CertrailConfig.read(config).settings()).hasSameSizeAs(ConfigKey.values());
        assertThatThrownBy(() -> CertrailConfig.read(FakeConfig.with("certrail.trail.wal.size", "1MiB")))
                .hasMessageStartingWith("CTR0002 certrail.trail.wal.size: there is no such key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CERTRAIL_SERVICE_HOST",
                "CERTRAIL_SERVICE_PORT",
                "CERTRAIL_SERVICE_PORT_HTTPS",
                "CERTRAIL_PORT",
                "CERTRAIL_PORT_8443_TCP",
                "CERTRAIL_PORT_8443_TCP_PROTO",
                "CERTRAIL_PORT_8443_UDP_ADDR",
                "CERTRAIL_ADMIN_2_SERVICE_HOST",
                "CERTRAIL_ADMIN_PORT_8443_SCTP_PORT",
                "CERTRAIL_WORK",
                "CERTRAIL_CLIENT_PASSWORD",
                "other.key",
                "CERTRAILS",
                "NOT_CERTRAIL_KEY"
            })
    void variablesOfOthersAreLeftAlone(String name) {
        assertThat(CertrailConfig.read(FakeConfig.with(name, "x")).settings()).hasSameSizeAs(ConfigKey.values());
    }

    @Test
    void settingsAreAllKeysInTheOrderOfTheTable() {
        List<Setting> settings = CertrailConfig.read(FakeConfig.with("certrail.durability", " none "))
                .settings();

        assertThat(settings).extracting(Setting::key).containsExactly(ConfigKey.values());
        assertThat(settings)
                .contains(new Setting(ConfigKey.DURABILITY, "none", FakeConfig.SOURCE))
                .contains(new Setting(ConfigKey.ON_FAILURE, "refuse", Setting.DEFAULT));
    }

    @Test
    void everyDefaultIsAValueOfItsKey() {
        FakeConfig explicit = FakeConfig.with(Arrays.stream(ConfigKey.values())
                .flatMap(key -> List.of(key.key(), key.defaultValue()).stream())
                .toArray(String[]::new));

        assertThat(CertrailConfig.read(explicit).trail())
                .isEqualTo(CertrailConfig.read(FakeConfig.with()).trail());
    }
}
