package io.certrail.scan.probe;

import io.certrail.scan.probe.Sighting.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request of HTTP/1.1, as good or bad as wanted.
 *
 * @param text all of it, each character a byte
 * @param requestId that it carries
 */
record Request(String text, @Nullable String requestId, List<Secret> secrets) {
    Request {
        secrets = List.copyOf(secrets);
    }

    Optional<String> id() {
        return Optional.ofNullable(requestId);
    }

    /** A head without a body, with the probe's nonce as agent and request id. */
    static Builder get(Attempt attempt, String path) {
        return new Builder(attempt, "GET", path);
    }

    static Builder of(Attempt attempt, String method, String path) {
        return new Builder(attempt, method, path);
    }

    static Request raw(String text) {
        return new Request(text, null, List.of());
    }

    /** A request to be. */
    static final class Builder {
        private final String line;
        private final List<String> headers = new ArrayList<>();
        private final List<Secret> secrets = new ArrayList<>();
        private String idHeader;
        private @Nullable String id;
        private String agent;
        private String body = "";

        private Builder(Attempt attempt, String method, String path) {
            line = method + " " + path + " HTTP/1.1";
            idHeader = "scan-" + attempt.nonce();
            id = idHeader;
            agent = "certrail-scan/" + attempt.nonce();
            headers.add("Host: " + attempt.target().authority());
        }

        Builder header(String name, String value) {
            headers.add(name + ": " + value);
            return this;
        }

        /** An id that no server need keep. */
        Builder hostileId(String value) {
            idHeader = value;
            id = null;
            return this;
        }

        Builder agent(String value) {
            agent = value;
            return this;
        }

        Builder secret(String place, String value) {
            secrets.add(new Secret(place, value));
            return this;
        }

        Builder json(String text) {
            body = text;
            return header("Content-Type", "application/json").header("Content-Length", "" + text.length());
        }

        Request build() {
            var all = new ArrayList<>(headers);
            all.add("User-Agent: " + agent);
            all.add("X-Request-Id: " + idHeader);
            all.add("Connection: close");
            return new Request(line + "\r\n" + String.join("\r\n", all) + "\r\n\r\n" + body, id, secrets);
        }
    }
}
