package io.certrail.dev;

import io.certrail.dev.pki.PkiFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a person is told to try: commands for a POSIX shell, with paths from where they are. */
final class Advice {
    private final Path here;
    private final RunOptions options;

    /**
     * @param here the folder in which the commands will be typed, absolute
     */
    Advice(Path here, RunOptions options) {
        this.here = here;
        this.options = options;
    }

    String text() {
        return String.join(
                System.lineSeparator(),
                "",
                "Every record appears here, the moment it is written (leave this open in another terminal):",
                "  tail -n +1 -f " + records(),
                "",
                "A good certificate is answered; records: tls.handshake success, http.request 200",
                "  " + curl(goodClient()),
                "An expired one is refused; record: tls.handshake failure certificate_expired",
                "  " + curl("expired"),
                "None at all is refused; record: tls.handshake failure certificate_required",
                "  " + curl(""),
                "",
                "More clients to try: " + shown(options.pki().clientKey("x").getParent())
                        + "    All that the server says: "
                        + shown(options.server().log()),
                "");
    }

    private String records() {
        return shown(options.trail().resolve("entries")) + "/*.jsonl";
    }

    /** The development PKI's, else one of that meaning, in a PKI made elsewhere. */
    private String goodClient() {
        return Stream.of("alice", "good", "client")
                .filter(name -> Files.exists(options.pki().clientCertificate(name)))
                .findFirst()
                .orElse("NAME");
    }

    private String curl(String client) {
        PkiFolder pki = options.pki();
        String trust = Files.exists(pki.root()) ? "--cacert " + shown(pki.root()) : "--insecure";
        String identity = client.isEmpty()
                ? ""
                : " --cert " + shown(pki.clientCertificate(client)) + " --key " + shown(pki.clientKey(client));
        return "curl " + trust + identity + " https://localhost:" + options.httpsPort() + "/api/whoami";
    }

    private String shown(Path path) {
        Path shortest = path.startsWith(here) ? here.relativize(path) : path;
        String text = shortest.toString();
        return text.matches("[\\w@%+=:,./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
