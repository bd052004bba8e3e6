package io.certrail.bench.jmh;

import io.certrail.event.CertificateFacts;
import io.certrail.event.ConnectionFacts;
import io.certrail.event.RequestEvent;
import io.certrail.event.Rfc3339;
import io.certrail.event.TlsFacts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A request's record as one writes it by hand with a StringBuilder: the yardstick between JSON-B and the encoder. */
final class HandmadeRecord {
    private final StringBuilder json = new StringBuilder(1024);

    byte[] write(RequestEvent event, String bootId, long sequence) {
        json.setLength(0);
        json.append("{\"time\":\"").append(Rfc3339.micros(event.time())).append("\",\"schema\":\"1\",\"event\":{");
        string("name", event.name()).append(',');
        string("outcome", event.outcome().id()).append(",\"duration_ns\":").append(event.durationNanos());
        json.append("},");
        connection(Objects.requireNonNull(event.connection()));
        request(event);
        json.append(",\"audit\":{");
        string("boot_id", bootId).append(",\"sequence\":").append(sequence).append("}}");
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void connection(ConnectionFacts connection) {
        json.append("\"mtls\":{\"connection\":{");
        string("id", connection.id()).append("}},\"client\":{");
        string("address", connection.client().address()).append(",\"port\":");
        json.append(connection.client().port()).append("},\"server\":{");
        string("address", connection.server().address()).append(",\"port\":");
        json.append(connection.server().port()).append(',');
        string("name", connection.serverName()).append("},");
        tls(Objects.requireNonNull(connection.tls()));
    }

    private void tls(TlsFacts tls) {
        json.append("\"tls\":{\"protocol\":{");
        string("version", tls.protocolVersion()).append("},");
        string("cipher", tls.cipher()).append(",\"resumed\":").append(tls.resumed());
        json.append(",\"established\":").append(tls.established()).append(",\"client\":{");
        certificate(Objects.requireNonNull(tls.client()));
        json.append("}},");
    }

    private void certificate(CertificateFacts client) {
        string("subject", client.subject()).append(',');
        string("issuer", client.issuer()).append(',');
        string("serial_number", client.serialNumber()).append(",\"hash\":{");
        string("sha256", client.sha256()).append("},");
        string("not_before", Rfc3339.micros(client.notBefore())).append(',');
        string("not_after", Rfc3339.micros(client.notAfter())).append(',');
        string("public_key", client.publicKey()).append(",\"verified\":").append(client.verified());
    }

    private void request(RequestEvent event) {
        json.append("\"http\":{\"request\":{");
        string("id", event.request().id()).append(',');
        string("id_source", event.request().idSource()).append(',');
        string("method", event.request().method()).append("},");
        string("route", event.route()).append(",\"response\":{\"status_code\":").append(event.status());
        json.append(",\"body\":{\"size\":").append(event.responseBodySize()).append("}}},\"url\":{");
        string("path", event.request().path()).append("},\"network\":{\"protocol\":{");
        string("version", event.request().protocolVersion()).append("}},\"user_agent\":{");
        string("original", event.request().userAgent()).append("},\"user\":{");
        string("name", event.user()).append(",\"roles\":");
        strings(event.roles());
        json.append('}');
    }

    private void strings(List<String> values) {
        char before = '[';
        for (String value : values) {
            json.append(before);
            text(value);
            before = ',';
        }
        json.append(']');
    }

    private StringBuilder string(String name, @Nullable String value) {
        json.append('"').append(name).append("\":");
        return text(Objects.requireNonNull(value));
    }

    private StringBuilder text(String value) {
        json.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < 0x20) {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"');
    }
}
