package io.certrail.it;

import io.certrail.dev.ServerOptions;
import io.certrail.dev.WildFly;
import io.certrail.dev.pki.PkiFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Listeners besides the one that server-config makes, on loopback, and a virtual server {@code second.example}. */
sealed interface MoreListeners {
    /**
     * Where they listen.
     *
     * @param second with mutual TLS
     * @param want with TLS; clients may do without a certificate
     * @param plain without TLS
     * @param ajp for a proxy that speaks AJP
     */
    record Ports(int second, int want, int plain, int ajp) {
        static Ports free() throws IOException {
            return new Ports(Site.freePort(), Site.freePort(), Site.freePort(), Site.freePort());
        }
    }

    /** What a server must be started with. */
    ServerOptions prepared(ServerOptions options);

    /** The server runs: makes what is not there from the start. */
    void open() throws IOException;

    /** Opens or closes the second listener. */
    void second(boolean open) throws IOException;

    /** Makes the one without TLS anew, as the server does where its configuration is changed. */
    void renewPlain() throws IOException;

    /** Payara: all of it while the server runs. */
    record OfPayara(Administrator administrator, ServerOptions options, Ports ports) implements MoreListeners {
        private static final String NETWORK = "configs.config.server-config.network-config.";

        @Override
        public ServerOptions prepared(ServerOptions server) {
            return administrator.prepared(server);
        }

        @Override
        public void open() throws IOException {
            secure("second", ports.second(), "need");
            secure("want", ports.want(), "want");
            protocol("plain", false);
            listen("plain", ports.plain());
            protocol("proxies", false);
            listen("proxies", ports.ajp(), "--jkenabled", "true");
            administrator.command(
                    "create-virtual-server", "--hosts", "second.example", "--networklisteners", "second", "other");
        }

        private void secure(String name, int port, String clientAuth) throws IOException {
            protocol(name, true);
            administrator.command("create-ssl", "--type", "protocol", "--certname", "server", name);
            var settings = new ArrayList<String>();
            for (String setting : List.of(
                    "classname=org.glassfish.grizzly.config.ssl.JSSEImplementation",
                    "key-store=" + options.pki().server(),
                    "key-store-password=" + PkiFolder.PASSWORD,
                    "trust-store=" + options.pki().truststore(),
                    "trust-store-password=" + PkiFolder.PASSWORD,
                    "crl-file=" + options.pki().crl(),
                    "client-auth=" + clientAuth,
                    "tls13-enabled=true",
                    "renegotiate-on-client-auth-want=false",
                    "handshake-timeout-millis=5000")) {
                settings.add(NETWORK + "protocols.protocol." + name + ".ssl." + setting);
            }
            administrator.command("set", settings.toArray(String[]::new));
            listen(name, port);
        }

        private void protocol(String name, boolean secure) throws IOException {
            administrator.command("create-protocol", "--securityenabled", String.valueOf(secure), name);
            administrator.command("create-http", "--default-virtual-server", "server", name);
        }

        private void listen(String name, int port, String... more) throws IOException {
            List<String> arguments = new ArrayList<>(List.of(more));
            arguments.addAll(List.of("--address", "127.0.0.1", "--listenerport", String.valueOf(port)));
            arguments.addAll(List.of("--protocol", name, name));
            administrator.command("create-network-listener", arguments.toArray(String[]::new));
        }

        @Override
        public void second(boolean open) throws IOException {
            administrator.command("set", NETWORK + "network-listeners.network-listener.second.enabled=" + open);
        }

        @Override
        public void renewPlain() throws IOException {
            int other = 20 + ThreadLocalRandom.current().nextInt(1000); // what it is already changes nothing
            administrator.command("set", NETWORK + "protocols.protocol.plain.http.timeout-seconds=" + other);
        }
    }

    /** WildFly: all of it before the server starts. */
    record OfWildFly(Administrator administrator, Ports ports) implements MoreListeners {
        private static final String SERVER = "/subsystem=undertow/server=default-server";
        private static final String MODEL = "jboss.as:subsystem=undertow,server=default-server,";

        @Override
        public ServerOptions prepared(ServerOptions server) {
            var product = (WildFly) server.product();
            return administrator.prepared(server.product(product.with(List.of(
                    binding("second", ports.second()),
                    binding("want", ports.want()),
                    binding("plain", ports.plain()),
                    binding("proxies", ports.ajp()),
                    wantingContext(),
                    listener("https", "second", "ssl-context=certrail, enable-http2=true"),
                    listener("https", "want", "ssl-context=certrail-want, enable-http2=true"),
                    listener("http", "plain", "enable-http2=true"),
                    listener("ajp", "proxies", "max-header-size=8192"),
                    SERVER + "/host=other:add(alias=[second.example], default-web-module=none.war)",
                    SERVER + "/host=other/location=\\/:add(handler=welcome-content)"))));
        }

        static String binding(String name, int port) {
            return "/socket-binding-group=standard-sockets/socket-binding=" + name + ":add(port=" + port + ")";
        }

        static String listener(String kind, String name, String more) {
            return SERVER + "/" + kind + "-listener=" + name + ":add(socket-binding=" + name + ", " + more + ")";
        }

        private static String wantingContext() {
            return "/subsystem=elytron/server-ssl-context=certrail-want:add(key-manager=certrail,"
                    + " trust-manager=certrail, protocols=[TLSv1.3, TLSv1.2], want-client-auth=true,"
                    + " cipher-suite-names=TLS_AES_128_GCM_SHA256)";
        }

        @Override
        public void open() {}

        @Override
        public void second(boolean open) throws IOException {
            administrator.set(MODEL + "https-listener=second", "enabled", open);
        }

        @Override
        public void renewPlain() throws IOException {
            administrator.set(MODEL + "http-listener=plain", "enabled", false);
            administrator.set(MODEL + "http-listener=plain", "enabled", true);
        }
    }
}
