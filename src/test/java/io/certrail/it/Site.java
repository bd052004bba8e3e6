package io.certrail.it;

import io.certrail.dev.Product;
import io.certrail.dev.Products;
import io.certrail.dev.ServerOptions;
import io.certrail.dev.StartException;
import io.certrail.dev.pki.PkiFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the tests of this process find everything: made new for each, in the build folder.
 *
 * @param folder all that the run leaves behind
 * @param port of the listener with mutual TLS, on loopback
 * @param certificates the server's, and all clients'
 */
public record Site(Path folder, int port, Certificates certificates) {
    private static final Path PROJECT = Path.of(System.getProperty("certrail.it.project", ""));
    private static final Path BUILD = Path.of(System.getProperty("certrail.it.build", "target"));
    private static final String SERVER = System.getProperty("certrail.it.server", "payara-micro");
    /** Servers of tests end before the optimising compiler pays. */
    static final String BRIEF = "-XX:TieredStopAtLevel=1";
    /** How long WildFly waits for more of a body: longer than a test waits for what it never answers. */
    private static final String READ_MILLIS = "13000";

    private static final Site CURRENT = make();

    /** The one of this JVM. */
    public static Site current() {
        return CURRENT;
    }

    private static Site make() {
        try {
            Path parent = Files.createDirectories(BUILD.resolve("it").toAbsolutePath());
            Path folder = Files.createTempDirectory(parent, "run-");
            return new Site(folder, freePort(), Certificates.make(folder.resolve("pki")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port of loopback that nobody listens on now. */
    static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    /** What the build made. */
    static Path built(String name) {
        return BUILD.resolve(name).toAbsolutePath();
    }

    /** Payara Micro or Payara Server. */
    boolean isPayara() {
        return SERVER.startsWith("payara-");
    }

    /** Whether it is WildFly, which refuses other requests than Payara does. */
    static boolean isWildFly() {
        return SERVER.equals("wildfly");
    }

    /** Whether a property lets the server renegotiate: Payara Server has it as its domain says, and WildFly never does. */
    boolean mayRenegotiate() {
        return SERVER.equals("payara-micro");
    }

    /** Whether the server, as it is configured here, has MicroProfile OpenAPI. */
    boolean hasOpenApi() {
        return isPayara();
    }

    /** The trail of the server that Arquillian starts. */
    public Path trail() {
        return folder.resolve("trail");
    }

    Records records() {
        return new Records(trail());
    }

    /** The server that Arquillian starts: nothing deployed, that is Arquillian's part. */
    public ServerOptions server() {
        return server("arquillian", port).trail(trail());
    }

    /** A server in a folder of its own. */
    ServerOptions server(String name, int httpsPort) {
        return ServerOptions.of(product(), folder.resolve(name), new PkiFolder(certificates.folder()), httpsPort)
                .property("http.read-millis", READ_MILLIS)
                .jvmArguments(List.of(BRIEF));
    }

    /** How the application of such a server is redeployed while it runs. */
    Redeployment redeployment(ServerOptions options) {
        return isWildFly()
                ? new Redeployment.ByMarkerFile(
                        options.work().resolve("wildfly").resolve("deployments"))
                : new Redeployment.ByApplication(
                        new Administrator(this, options.httpsPort()), SERVER.equals("payara-server") ? 1 : 0);
    }

    /** How such a server gets more listeners. */
    MoreListeners moreListeners(ServerOptions options, MoreListeners.Ports ports) {
        var administrator = new Administrator(this, options.httpsPort());
        return isWildFly()
                ? new MoreListeners.OfWildFly(administrator, ports)
                : new MoreListeners.OfPayara(administrator, options, ports);
    }

    /** The server that the build runs the tests on. */
    private static Product product() {
        try {
            return Products.named(SERVER, PROJECT, BUILD.toAbsolutePath(), freePort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (StartException e) {
            throw new IllegalStateException(e);
        }
    }
}
