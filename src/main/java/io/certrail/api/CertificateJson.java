package io.certrail.api;

import io.certrail.index.CertificateQuery;
import io.certrail.index.CertificateQuery.Sort;
import io.certrail.index.PresentedCertificate;
import io.certrail.index.SeenCertificate;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A certificate as the API tells it. */
final class CertificateJson {
    private static final int MAX_OTHERS = 16;

    private final Search search;
    private final Instant now;

    CertificateJson(Search search) {
        this.search = search;
        this.now = search.now();
    }

    JsonObjectBuilder of(SeenCertificate seen) throws IOException {
        PresentedCertificate certificate = seen.certificate();
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("origin", seen.origin())
                .add("sha256", certificate.sha256())
                .add("subject", certificate.subject())
                .add("issuer", certificate.issuer())
                .add("serial_number", certificate.serial())
                .add("subject_alternative_names", texts(certificate.names()));
        put(json, "public_key", certificate.publicKey());
        put(json, "not_before", certificate.notBefore());
        put(json, "not_after", certificate.notAfter());
        json.add("state", state(certificate)).add("accepted", seen.accepted());
        history(json, seen);
        if (seen.rekeyed()) {
            json.add("others", texts(others(seen)));
        }
        return json;
    }

    private static void history(JsonObjectBuilder json, SeenCertificate seen) {
        JsonObjectBuilder failures = Json.createObjectBuilder();
        new TreeMap<>(seen.failures()).forEach(failures::add);
        json.add("first_seen", seen.firstSeen().toString())
                .add("last_seen", seen.lastSeen().toString())
                .add("first_sequence", seen.firstSequence())
                .add("last_sequence", seen.lastSequence())
                .add("successes", seen.successes())
                .add("failures", seen.failed())
                .add("failures_by_reason", failures)
                .add("requests", seen.requests())
                .add("requests_failed", seen.requestsFailed())
                .add("addresses", texts(seen.addresses()))
                .add("more_addresses", seen.moreAddresses());
    }

    private static void put(JsonObjectBuilder json, String name, @Nullable Object value) {
        if (value != null) {
            json.add(name, value.toString());
        }
    }

    private static JsonArrayBuilder texts(List<String> texts) {
        return Json.createArrayBuilder(texts);
    }

    private String state(PresentedCertificate certificate) {
        Instant begin = certificate.notBefore();
        Instant end = certificate.notAfter();
        if (begin != null && now.isBefore(begin)) {
            return "not_yet_valid";
        }
        if (end != null && now.isAfter(end)) {
            return "expired";
        }
        Duration warning = Duration.ofDays(search.longestExpiringDays());
        return end != null && now.plus(warning).isAfter(end) ? "expiring" : "valid";
    }

    private List<String> others(SeenCertificate seen) throws IOException {
        PresentedCertificate certificate = seen.certificate();
        CertificateQuery query = CertificateQuery.sameName(seen.origin(), certificate, Sort.LAST_SEEN, MAX_OTHERS + 1);
        return search.index().certificates(query).certificates().stream()
                .map(other -> other.certificate().sha256())
                .filter(sha256 -> !sha256.equals(certificate.sha256()))
                .limit(MAX_OTHERS)
                .toList();
    }
}
