package io.certrail.bench;

import io.certrail.dev.Product;
import io.certrail.dev.Products;
import io.certrail.dev.StartException;
import io.certrail.dev.WildFly;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;

/**
 * What the variants are compared on: a server as {@code server-config} configures it in production.
 *
 * @param name of its folder in {@code server-config}
 * @param directory of the benchmarks, absolute: in Maven's build folder, where the server was put
 */
record Platform(String name, Path directory) {
    private static final String WILDFLY = "wildfly";

    /** Takes out what {@code install.cli} did for Certrail alone. */
    private static final List<String> WITHOUT_HOOK = List.of(
            "/subsystem=elytron:undefine-attribute(name=initial-providers)",
            "/subsystem=elytron/provider-loader=certrail:remove");

    Platform {
        directory = directory.toAbsolutePath();
    }

    /** That of {@code bench.server}. */
    static Platform chosen() {
        return new Platform(
                Settings.text("bench.server", "payara-micro"),
                Path.of(Settings.text("bench.directory", "target/bench")));
    }

    /** Whether Certrail comes in two parts: a hook in the server, besides what is in the application. */
    boolean hasHook() {
        return name.equals(WILDFLY);
    }

    /** @throws StartException if there is no such server */
    String title() throws StartException, IOException {
        return product().title();
    }

    /**
     * The server for a variant, which must not have the hook unless the variant says so.
     *
     * @throws StartException if there is no such server
     */
    Product product(Variant variant) throws StartException, IOException {
        Product product = product();
        return product instanceof WildFly wildfly && !variant.hook() ? wildfly.with(WITHOUT_HOOK) : product;
    }

    private Product product() throws StartException, IOException {
        return Products.named(name, Path.of(""), directory.getParent(), freePort());
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(VariantServer.HOST))) {
            return socket.getLocalPort();
        }
    }
}
