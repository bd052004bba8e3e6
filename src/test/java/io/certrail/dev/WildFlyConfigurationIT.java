package io.certrail.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.dev.pki.DevelopmentPki;
import io.certrail.dev.pki.PkiFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of server-config/wildfly on a WildFly of the test's own, each as often as somebody may run it. */
final class WildFlyConfigurationIT {
    private static final Path PROJECT = Path.of(System.getProperty("certrail.it.project", ""));
    private static final Path BUILD = Path.of(System.getProperty("certrail.it.build", "target"));

    private final Path home =
            BUILD.resolve("it").resolve("wildfly-configuration").toAbsolutePath();
    private final Path configuration = home.resolve("standalone").resolve("configuration");

    @TempDir
    Path folder;

    private ServerOptions options;
    private ConfiguredWildFly scripts;

    @BeforeEach
    void copyAConfiguredServer() throws Exception {
        var pki = new PkiFolder(folder.resolve("pki"));
        DevelopmentPki.provide(pki, Clock.systemUTC());
        var server = (WildFly) Products.named("wildfly", PROJECT, BUILD.toAbsolutePath(), 0);
        options = ServerOptions.of(server, folder.resolve("work"), pki, 8443);
        new ConfiguredWildFly(server).get(options);
        Folders.delete(home);
        Folders.copy(server.home(), home);
        scripts = new ConfiguredWildFly(new WildFly(home, server.configuration(), server.artifacts()));
    }

    @AfterEach
    void deleteIt() throws Exception {
        Folders.delete(home);
    }

    @Test
    void whatIsInstalledIsRemovedToTheLastByteAndEachScriptMayRunTwice() throws Exception {
        Path hook = home.resolve("modules/io/certrail/hook/main/certrail-hook.jar");
        String downloaded =
                Files.readString(configuration.resolve("standalone_xml_history").resolve("standalone.initial.xml"));
        assertThat(downloaded).doesNotContain("certrail");
        assertThat(hook).exists();
        run("remove.cli");
        assertThat(xml()).isEqualTo(downloaded);
        assertThat(hook).doesNotExist();
        run("remove.cli");
        assertThat(xml()).isEqualTo(downloaded);
        run("install.cli");
        String installed = xml();
        assertThat(installed).contains("name=\"certrail.war\"", "io.certrail.hook", "<http-interface ");
        run("install.cli");
        assertThat(xml()).isEqualTo(installed);
        assertThat(hook).hasSameBinaryContentAs(BUILD.resolve("certrail-hook.jar"));
    }

    @Test
    void whatWasClosedByHandStaysClosed() throws Exception {
        List<String> ports = List.of(
                "/subsystem=ejb3/service=remote:remove",
                "/subsystem=remoting/http-connector=http-remoting-connector:remove",
                "/subsystem=undertow/server=default-server/host=default-host/setting=http-invoker:remove",
                "/subsystem=undertow/server=default-server/http-listener=default:remove");
        List<String> management = List.of(
                "/subsystem=health:remove",
                "/subsystem=metrics:remove",
                "/subsystem=jmx/remoting-connector=jmx:remove",
                "/core-service=management/management-interface=http-interface:remove");
        run("remove.cli");
        scripts.apply(management, home.resolve("standalone"), options);
        String withoutManagement = xml();
        run("install.cli");
        run("one-port.cli");
        run("remove.cli");
        assertThat(xml()).isEqualTo(withoutManagement);
        scripts.apply(ports, home.resolve("standalone"), options);
        String closed = xml();
        run("remove.cli");
        assertThat(xml()).isEqualTo(closed);
        scripts.apply(
                List.of("/system-property=io.certrail.one-port:add(value=true)"), home.resolve("standalone"), options);
        run("remove.cli");
        assertThat(xml()).contains("<http-interface ", "<remoting-connector/>").doesNotContain("io.certrail");
    }

    @Test
    void withoutBothArtifactsNothingIsChanged() throws Exception {
        Path hook = home.resolve("modules/io/certrail/hook/main/certrail-hook.jar");
        String installed = xml();
        for (String only : List.of("certrail.war", "certrail-hook.jar")) {
            Path elsewhere = Files.createDirectory(folder.resolve("only-" + only));
            Files.copy(BUILD.resolve(only), elsewhere.resolve(only));
            var there = new ConfiguredWildFly(
                    new WildFly(home, PROJECT.resolve("server-config").resolve("wildfly"), elsewhere));
            assertThatThrownBy(() -> there.run("install.cli", options)).isInstanceOf(StartException.class);
            assertThat(xml()).isEqualTo(installed);
            assertThat(hook).hasSameBinaryContentAs(BUILD.resolve("certrail-hook.jar"));
            assertThat(home.resolve("modules/io/certrail/check")).doesNotExist();
        }
    }

    private void run(String script) throws Exception {
        scripts.run(script, options);
    }

    private String xml() throws Exception {
        return Files.readString(configuration.resolve("standalone.xml"));
    }
}
