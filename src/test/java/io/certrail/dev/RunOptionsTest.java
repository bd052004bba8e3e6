package io.certrail.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RunOptionsTest {
    private static final Path PROJECT = Path.of("/a project");
    private static final Path BUILD = PROJECT.resolve("target");

    @Test
    void withoutPropertiesAllLiesInTheBuildFolder() throws Exception {
        var options = RunOptions.of(PROJECT, BUILD, "payara-micro", Map.of("java.version", "17"));
        assertThat(options.httpsPort()).isEqualTo(8443);
        assertThat(options.pki().folder()).isEqualTo(BUILD.resolve("pki"));
        assertThat(options.trail()).isEqualTo(BUILD.resolve("trail"));
        assertThat(options.server().systemProperties())
                .containsOnly(Map.entry(
                        "certrail.trail.folder", BUILD.resolve("trail").toString()));
    }

    @Test
    void foldersAreTheCallers() throws Exception {
        var options = RunOptions.of(PROJECT, BUILD, "payara-micro", Map.of("pki", "my pki", "trail", "my trail"));
        assertThat(options.pki().folder()).isEqualTo(Path.of("my pki").toAbsolutePath());
        assertThat(options.trail()).isEqualTo(Path.of("my trail").toAbsolutePath());
    }

    @Test
    void certrailPropertiesArePassedOn() throws Exception {
        var given = Map.of("certrail.durability", "none", "certrail.trail.folder", "/elsewhere", "user.name", "me");
        var options = RunOptions.of(PROJECT, BUILD, "payara-micro", given);
        assertThat(options.trail()).isEqualTo(Path.of("/elsewhere").toAbsolutePath());
        assertThat(options.server().systemProperties())
                .containsOnlyKeys("certrail.durability", "certrail.trail.folder");
    }

    @Test
    void jvmArgumentsAreSplitAtSpacesOutsideQuotes() throws Exception {
        var options = RunOptions.of(
                PROJECT, BUILD, "payara-micro", Map.of("jvm.args", " -Xmx1g  -Dname=\"a b\" \"-Dc=d e\" "));
        assertThat(options.jvmArguments()).containsExactly("-Xmx1g", "-Dname=a b", "-Dc=d e");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "https", "", "-1", "99999999999"})
    void portOutOfRangeIsTold(String port) {
        assertThatThrownBy(() -> RunOptions.of(PROJECT, BUILD, "payara-micro", Map.of("https.port", port)))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("-Dhttps.port=" + port + " is no port");
    }

    @Test
    void commandsAreQuotedForAShell() throws Exception {
        var options =
                RunOptions.of(PROJECT, BUILD, "payara-micro", Map.of("pki", "/it's here/pki", "https.port", "9443"));
        String text = new Advice(PROJECT, options).text();
        assertThat(text)
                .contains("tail -n +1 -f target/trail/entries/*.jsonl")
                .contains(
                        "--cert '/it'\\''s here/pki/clients/expired.pem' --key '/it'\\''s here/pki/clients/expired.key'")
                .contains("https://localhost:9443/api/whoami");
    }
}
