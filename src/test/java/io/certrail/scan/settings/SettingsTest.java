package io.certrail.scan.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.certrail.scan.finding.Finding;
import io.certrail.scan.finding.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    @TempDir
    Path folder;

    @Test
    void commandsThatWeShipAreFlawless() throws IOException {
        assertThat(Settings.findings(List.of(Path.of("server-config/payara-micro/preboot.txt")), List.of()))
                .isEmpty();
    }

    @Test
    void payarasDefaultsAreFoundInCommands() throws IOException {
        List<Finding> findings = findings(
                "preboot.txt",
                """
                # set configs.config.server-config.network-config.protocols.protocol.https-listener.ssl.client-auth=need
                set configs.config.server-config.network-config.protocols.protocol.https-listener.ssl.client-auth=want
                """);

        assertThat(findings)
                .extracting(Finding::id)
                .containsExactlyInAnyOrder("config/client-auth", "config/revocation", "config/timeout");
        assertThat(findings.get(0).evidence().get(0).saw()).isEqualTo("client-auth=want");
        assertThat(findings.get(0).remedy().get(0)).endsWith("https-listener.ssl.client-auth=need");
    }

    @Test
    void commandsAboutOtherThanClientsTlsAreNotJudged() throws IOException {
        String protocol = "set configs.config.%s.network-config.protocols.protocol.%s=%s%n";

        assertThat(findings(
                        "preboot.txt",
                        protocol.formatted("server-config", "http-listener-1.http.server-header", "false")
                                + protocol.formatted("server-config", "sec-admin-listener.ssl.client-auth", "want")
                                + protocol.formatted("default-config", "http-listener-2.ssl.client-auth", "want")
                                + protocol.formatted("server-config", "off.ssl.client-auth", "want")
                                + protocol.formatted("server-config", "off.security-enabled", "false")))
                .isEmpty();
        assertThat(findings("preboot.txt", protocol.formatted("cluster-config", "https.security-enabled", "true")))
                .extracting(finding -> finding.remedy().get(0))
                .contains(
                        "set configs.config.cluster-config.network-config.protocols.protocol.https.ssl.client-auth=need");
    }

    @Test
    void payarasDomainIsReadWithoutTemplatesAndAdministration() throws IOException {
        List<Finding> findings = findings(
                "domain.xml",
                """
                <domain><configs>
                  <config name="server-config"><network-config><protocols>
                    <protocol name="http-listener-1"><http/></protocol>
                    <protocol name="sec-admin-listener" security-enabled="true"><ssl client-auth="want"/></protocol>
                    <protocol name="http-listener-2" security-enabled="true"><http/>
                      <ssl client-auth="need" crl-file="${tls.crl}" handshake-timeout-millis="5000" tls11-enabled="true"/>
                    </protocol></protocols></network-config></config>
                  <config name="default-config"><network-config><protocols>
                    <protocol name="http-listener-2" security-enabled="true"><ssl/></protocol>
                  </protocols></network-config></config>
                </configs></domain>
                """);

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo("config/protocols");
            assertThat(finding.evidence().get(0).subject()).isEqualTo("domain.xml, http-listener-2");
        });
    }

    @Test
    void expressionIsTakenAsSetOrAsItsDefault() throws IOException {
        String ssl = "set configs.config.server-config.network-config.protocols.protocol.https.ssl.%s=%s%n";
        assertThat(findings(
                        "preboot.txt",
                        ssl.formatted("client-auth", "${ENV=CLIENT_AUTH}")
                                + ssl.formatted("crl-file", "${tls.crl}")
                                + ssl.formatted("tls11-enabled", "${tls.old}")
                                + ssl.formatted("handshake-timeout-millis", "${tls.timeout:5000}")))
                .isEmpty();
        assertThat(findings(
                        "preboot.txt",
                        ssl.formatted("client-auth", "${tls.auth:want}")
                                + ssl.formatted("crl-file", "${tls.crl:}")
                                + ssl.formatted("tls11-enabled", "${tls.old:true}")
                                + ssl.formatted("handshake-timeout-millis", "${tls.timeout:-1}")))
                .extracting(Finding::id)
                .containsExactlyInAnyOrder(
                        "config/client-auth", "config/revocation", "config/timeout", "config/protocols");
    }

    @Test
    void expressionsOfWildFlyAreTakenAsSetOrAsTheirDefaults() throws IOException {
        String server =
                """
                <server xmlns="urn:jboss:domain:20.0"><profile>
                  <subsystem xmlns="urn:wildfly:elytron:18.0" initial-providers="certrail">
                    <providers><provider-loader name="certrail" module="io.certrail.hook"/></providers>
                    <tls>
                      <trust-managers><trust-manager name="tm"><ocsp/></trust-manager></trust-managers>
                      <server-ssl-contexts><server-ssl-context name="c" protocols="${tls.protocols}"
                        need-client-auth="${tls.need:true}" cipher-suite-names="${tls.suites}" trust-manager="tm"/></server-ssl-contexts>
                    </tls>
                  </subsystem>
                  <subsystem xmlns="urn:jboss:domain:undertow:14.0"><server name="default-server">
                    <https-listener name="https" ssl-context="c" no-request-timeout="${t}" request-parse-timeout="${t:5000}"/>
                  </server></subsystem>
                </profile></server>
                """;
        assertThat(findings("standalone.xml", server)).isEmpty();
        assertThat(findings(
                        "standalone.xml",
                        server.replace("need:true", "need:false").replace("${tls.protocols}", "${p:TLSv1.1}")))
                .extracting(Finding::id)
                .containsExactlyInAnyOrder("config/client-auth", "config/protocols");
    }

    @Test
    void wildFlysContextTrustManagerAndHookAreFollowed() throws IOException {
        String good =
                """
                <server xmlns="urn:jboss:domain:20.0"><profile>
                  <subsystem xmlns="urn:wildfly:elytron:18.0" initial-providers="certrail">
                    <providers><provider-loader name="certrail" module="io.certrail.hook"/></providers>
                    <tls>
                      <trust-managers><trust-manager name="tm"><certificate-revocation-list path="crl.pem"/></trust-manager></trust-managers>
                      <server-ssl-contexts><server-ssl-context name="c" protocols="TLSv1.3 TLSv1.2" need-client-auth="true"
                        cipher-suite-names="TLS_AES_256_GCM_SHA384" trust-manager="tm"/></server-ssl-contexts>
                    </tls>
                  </subsystem>
                  <subsystem xmlns="urn:jboss:domain:undertow:14.0"><server name="default-server">
                    <https-listener name="https" ssl-context="c" no-request-timeout="5000" request-parse-timeout="5000"/>
                  </server></subsystem>
                </profile></server>
                """;
        assertThat(findings("standalone.xml", good)).isEmpty();

        String bad = good.replace("need-client-auth=\"true\"", "want-client-auth=\"true\"")
                .replace("TLSv1.3 TLSv1.2", "TLSv1.2 TLSv1.1")
                .replace("<certificate-revocation-list path=\"crl.pem\"/>", "")
                .replace("io.certrail.hook", "other")
                .replace("request-parse-timeout=\"5000\"", "");
        assertThat(findings("standalone.xml", bad))
                .extracting(Finding::id)
                .containsExactlyInAnyOrder(
                        "config/client-auth", "config/protocols", "config/revocation", "config/hook", "config/timeout");
    }

    /** The default of no-request-timeout is a minute, request-parse-timeout has none. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "request-parse-timeout='5000' | none",
                "request-parse-timeout='5000' no-request-timeout='' | none",
                "request-parse-timeout='5000' no-request-timeout='${t:60000}' | none",
                "request-parse-timeout='5000' no-request-timeout='-1' | no-request-timeout=-1",
                "request-parse-timeout='5000' no-request-timeout='${t:-1}' | no-request-timeout=-1",
                "request-parse-timeout='-1' no-request-timeout='5000' | request-parse-timeout=-1",
                "request-parse-timeout='' no-request-timeout='5000' | request-parse-timeout is not set",
                "no-request-timeout='5000' | request-parse-timeout is not set"
            })
    void listenerOfWildFlyGivesUpByItsDefaults(String attributes, @Nullable String fault) throws IOException {
        List<Finding> findings = findings(
                "standalone.xml",
                "<server xmlns='urn:jboss:domain:20.0'><profile><subsystem xmlns='urn:wildfly:elytron:18.0'"
                        + " initial-providers='certrail'><providers><provider-loader name='certrail'"
                        + " module='io.certrail.hook'/></providers></subsystem><subsystem"
                        + " xmlns='urn:jboss:domain:undertow:14.0'><server><https-listener name='https' "
                        + attributes.replace("''", "\"\"") + "/></server></subsystem></profile></server>");

        assertThat(findings)
                .extracting(Finding::id, finding -> finding.evidence().get(0).saw())
                .isEqualTo(fault == null ? List.of() : List.of(tuple("config/timeout", fault)));
    }

    @Test
    void hookMustBeAmongTheInitialProviders() throws IOException {
        String server =
                """
                <server xmlns="urn:jboss:domain:20.0"><profile>
                  <subsystem xmlns="urn:wildfly:elytron:18.0" %s final-providers="combined"><providers>
                    <aggregate-providers name="all"><providers name="inner"/><providers name="elytron"/></aggregate-providers>
                    <aggregate-providers name="inner"><providers name="certrail"/><providers name="all"/></aggregate-providers>
                    <aggregate-providers name="others"><providers name="elytron"/></aggregate-providers>
                    <provider-loader name="certrail" module="io.certrail.hook"/>
                    <provider-loader name="elytron" module="org.wildfly.security.elytron"/>
                  </providers></subsystem></profile></server>
                """;
        for (String good : List.of("certrail", "all", "inner", "${providers}", "${providers:all}")) {
            assertThat(findings("standalone.xml", server.formatted("initial-providers=\"" + good + "\"")))
                    .as(good)
                    .isEmpty();
        }
        for (String bad : List.of("", "initial-providers=\"others\"", "initial-providers=\"${providers:elytron}\"")) {
            assertThat(findings("standalone.xml", server.formatted(bad)))
                    .as(bad)
                    .extracting(Finding::id, finding -> finding.remedy().get(0))
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(
                            "config/hook",
                            "/subsystem=elytron:write-attribute(name=initial-providers, value=certrail)"));
        }
    }

    @Test
    void certrailsOwnPropertiesAreJudged() throws IOException {
        assertThat(findings(
                        "microprofile-config.properties",
                        "certrail.durability=none\ncertrail.on-failure=continue\ncertrail.trail.retention.age=90d\n"))
                .extracting(Finding::id)
                .containsExactlyInAnyOrder("config/durability", "config/on-failure", "config/retention", "config/sink");
        assertThat(findings(
                        "microprofile-config.properties",
                        "certrail.trail.retention.age=400d\ncertrail.checkpoint.to=syslog:loghost:6514\n"))
                .isEmpty();
        assertThat(findings("a.properties", "certrail.trail.retention.age=36h\ncertrail.checkpoint.to=stdout\n"))
                .extracting(Finding::id)
                .containsExactly("config/retention");
    }

    @ParameterizedTest
    @CsvSource({
        "90d, true", "36h, true", "P30D, true", "PT8759H, true", "8759h, true", "500ms, true",
        "365d, false", "400d, false", "9000h, false", "P400D, false", "999999999d, false", "unlimited, false",
        "99999999999d, false", "${certrail.age}, false"
    })
    void retentionIsReadAsTheServerReadsIt(String age, boolean isShort) throws IOException {
        assertThat(findings(
                        "a.properties", "certrail.trail.retention.age=" + age + "\ncertrail.checkpoint.to=stdout\n"))
                .extracting(Finding::id)
                .isEqualTo(isShort ? List.of("config/retention") : List.of());
    }

    @Test
    void permissionsOfTrailAndKeyAreLookedAt() throws IOException {
        Path trail = Files.createDirectories(folder.resolve("trail/entries")).getParent();
        Path key = Files.createFile(trail.resolve("key"));
        allow(trail, "rwx------");
        allow(trail.resolve("entries"), "rwx------");
        allow(key, "rw-------");
        assertThat(Settings.findings(List.of(), List.of(trail))).isEmpty();

        allow(key, "rw-r-----");
        allow(trail, "rwxr-xr-x");
        allow(trail.resolve("entries"), "rwxrwx---");
        assertThat(Settings.findings(List.of(), List.of(trail)))
                .extracting(Finding::id, Finding::severity)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("config/key-readable", Severity.CRITICAL),
                        org.assertj.core.groups.Tuple.tuple("config/log-readable", Severity.MEDIUM),
                        org.assertj.core.groups.Tuple.tuple("config/log-writable", Severity.HIGH));
    }

    @Test
    void linkToALogIsFollowedToWhatItNames() throws IOException {
        Path log = Files.createFile(folder.resolve("real.log"));
        allow(log, "rw-rw-rw-");
        Path link = Files.createSymbolicLink(folder.resolve("a.log"), log);

        assertThat(Settings.findings(List.of(), List.of(link)))
                .extracting(Finding::id, finding -> finding.evidence().get(0).subject())
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(
                                "config/log-readable", log.toRealPath().toString()),
                        org.assertj.core.groups.Tuple.tuple(
                                "config/log-writable", log.toRealPath().toString()));
    }

    @Test
    void remedyNamesAFileAsAShellTakesIt() throws IOException {
        Path log = Files.createFile(folder.resolve("a'; rm $HOME.log"));
        allow(log, "rw-rw----");

        assertThat(Settings.findings(List.of(), List.of(log)).get(0).remedy())
                .containsExactly("chmod go-w '" + log.toRealPath().getParent() + "/a'\\''; rm $HOME.log'");
    }

    /** A trail that is being written deletes files while it is looked at. */
    @Test
    void fileThatIsGoneMeanwhileHasNoFault() throws IOException {
        Path trail = Files.createDirectory(folder.resolve("live"));
        allow(trail, "rwxr-xr-x");
        Path gone = trail.resolve("gone");
        BasicFileAttributes attributes = Files.readAttributes(Files.createFile(gone), BasicFileAttributes.class);
        Files.delete(gone);
        var permissions = new Permissions(trail);

        assertThat(permissions.visitFile(gone, attributes)).isEqualTo(FileVisitResult.CONTINUE);
        assertThat(permissions.visitFileFailed(gone, new NoSuchFileException("gone")))
                .isEqualTo(FileVisitResult.CONTINUE);
        assertThat(permissions.postVisitDirectory(trail, new IOException("it went")))
                .isEqualTo(FileVisitResult.CONTINUE);
        assertThat(permissions.found()).isEmpty();
    }

    @Test
    void fileOfNoKnownKindAndXmlWithEntitiesAreRefused() {
        assertThatThrownBy(() -> findings("a.txt", "hello"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no configuration that is known");
        assertThatThrownBy(
                        () -> findings(
                                "domain.xml",
                                "<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><domain><network-config/>&x;</domain>"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("DOCTYPE");
    }

    @Test
    void encodingOfXmlIsItsOwnAffair() throws IOException {
        Path file = folder.resolve("domain.xml");
        String domain =
                "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><domain><!-- f\u00fcr uns --><network-config/></domain>";
        Files.writeString(file, domain, StandardCharsets.ISO_8859_1);
        assertThat(Settings.findings(List.of(file), List.of())).isEmpty();

        Files.writeString(file, domain.replace("ISO-8859-1", "UTF-8"), StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> Settings.findings(List.of(file), List.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("domain.xml is no well-formed XML");
    }

    private List<Finding> findings(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, text);
        return Settings.findings(List.of(file), List.of());
    }

    private static void allow(Path file, String mode) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
}
