package io.certrail.index;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A certificate as engines keep it: JSON, of no interest to anybody else. */
public final class SeenCertificateText {
    private SeenCertificateText() {}

    /** The text of a certificate. */
    public static String of(SeenCertificate seen) {
        PresentedCertificate certificate = seen.certificate();
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("origin", seen.origin())
                .add("subject", certificate.subject())
                .add("issuer", certificate.issuer())
                .add("serial", certificate.serial())
                .add("sha256", certificate.sha256())
                .add("names", array(certificate.names()))
                .add("verified", certificate.verified())
                .add("firstSeen", seen.firstSeen().toString())
                .add("lastSeen", seen.lastSeen().toString())
                .add("firstSequence", seen.firstSequence())
                .add("lastSequence", seen.lastSequence())
                .add("accepted", seen.accepted())
                .add("successes", seen.successes())
                .add("requests", seen.requests())
                .add("requestsFailed", seen.requestsFailed())
                .add("addresses", array(seen.addresses()))
                .add("moreAddresses", seen.moreAddresses())
                .add("rekeyed", seen.rekeyed());
        put(json, "notBefore", certificate.notBefore());
        put(json, "notAfter", certificate.notAfter());
        put(json, "publicKey", certificate.publicKey());
        JsonObjectBuilder failures = Json.createObjectBuilder();
        seen.failures().forEach(failures::add);
        JsonArrayBuilder told = Json.createArrayBuilder();
        seen.told().forEach(told::add);
        return json.add("failures", failures).add("told", told).build().toString();
    }

    private static void put(JsonObjectBuilder json, String name, @Nullable Object value) {
        if (value != null) {
            json.add(name, value.toString());
        }
    }

    private static JsonArrayBuilder array(Collection<String> texts) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        texts.forEach(array::add);
        return array;
    }

    /** The certificate of a text that {@link #of} made. */
    public static SeenCertificate parse(String text) {
        JsonObject json;
        try (var reader = Json.createReader(new StringReader(text))) {
            json = reader.readObject();
        }
        Map<String, Long> failures = new HashMap<>();
        json.getJsonObject("failures")
                .keySet()
                .forEach(reason -> failures.put(
                        reason,
                        json.getJsonObject("failures").getJsonNumber(reason).longValue()));
        Set<Integer> told = new HashSet<>();
        JsonArray days = json.getJsonArray("told");
        for (int i = 0; i < days.size(); i++) {
            told.add(days.getInt(i));
        }
        return new SeenCertificate(
                json.getString("origin"),
                certificate(json),
                Instant.parse(json.getString("firstSeen")),
                Instant.parse(json.getString("lastSeen")),
                number(json, "firstSequence"),
                number(json, "lastSequence"),
                json.getBoolean("accepted"),
                number(json, "successes"),
                failures,
                number(json, "requests"),
                number(json, "requestsFailed"),
                texts(json, "addresses"),
                json.getBoolean("moreAddresses"),
                json.getBoolean("rekeyed"),
                told);
    }

    private static PresentedCertificate certificate(JsonObject json) {
        return new PresentedCertificate(
                json.getString("subject"),
                json.getString("issuer"),
                json.getString("serial"),
                json.getString("sha256"),
                instant(json, "notBefore"),
                instant(json, "notAfter"),
                texts(json, "names"),
                json.getString("publicKey", null),
                json.getBoolean("verified"));
    }

    private static long number(JsonObject json, String name) {
        return json.getJsonNumber(name).longValue();
    }

    private static List<String> texts(JsonObject json, String name) {
        return json.getJsonArray(name).getValuesAs(JsonString.class).stream()
                .map(JsonString::getString)
                .toList();
    }

    private static @Nullable Instant instant(JsonObject json, String name) {
        return json.containsKey(name) ? Instant.parse(json.getString(name)) : null;
    }
}
