package io.certrail.tls;

import java.security.PublicKey;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What kind of key a certificate holds: {@code RSA 2048}, {@code EC secp256r1}, {@code Ed25519}. */
final class PublicKeyName {
    private static final Map<String, String> CURVES = Map.ofEntries(
            Map.entry("1.2.840.10045.3.1.1", "secp192r1"),
            Map.entry("1.3.132.0.33", "secp224r1"),
            Map.entry("1.2.840.10045.3.1.7", "secp256r1"),
            Map.entry("1.3.132.0.34", "secp384r1"),
            Map.entry("1.3.132.0.35", "secp521r1"),
            Map.entry("1.3.132.0.10", "secp256k1"),
            Map.entry("1.3.36.3.3.2.8.1.1.7", "brainpoolP256r1"),
            Map.entry("1.3.36.3.3.2.8.1.1.11", "brainpoolP384r1"),
            Map.entry("1.3.36.3.3.2.8.1.1.13", "brainpoolP512r1"));

    private static final Map<String, String> ALGORITHMS = Map.of(
            "1.2.840.10045.2.1", "EC",
            "1.2.840.113549.1.1.1", "RSA",
            "1.2.840.113549.1.1.10", "RSASSA-PSS",
            "1.3.101.110", "X25519",
            "1.3.101.111", "X448",
            "1.3.101.112", "Ed25519",
            "1.3.101.113", "Ed448",
            "2.16.840.1.101.3.4.3.17", "ML-DSA-44",
            "2.16.840.1.101.3.4.3.18", "ML-DSA-65",
            "2.16.840.1.101.3.4.3.19", "ML-DSA-87");

    private PublicKeyName() {}

    static @Nullable String of(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return "RSA " + rsa.getModulus().bitLength();
        }
        if (key instanceof DSAPublicKey dsa && dsa.getParams() != null) {
            return "DSA " + dsa.getParams().getP().bitLength();
        }
        List<Der> algorithm = algorithm(key);
        if (algorithm.isEmpty()) {
            return key.getAlgorithm();
        }
        String name = name(algorithm.get(0));
        return name.equals("EC") ? "EC " + curve(algorithm, key) : name;
    }

    private static List<Der> algorithm(PublicKey key) {
        byte[] encoded = key.getEncoded();
        List<Der> parts = encoded == null
                ? List.of()
                : Der.read(encoded).map(Der::children).orElse(List.of());
        return parts.isEmpty() ? List.of() : parts.get(0).children();
    }

    private static String name(Der identifier) {
        return ALGORITHMS.getOrDefault(identifier.identifier(), identifier.identifier());
    }

    private static String curve(List<Der> algorithm, PublicKey key) {
        if (algorithm.size() > 1 && algorithm.get(1).tag() == Der.OBJECT_IDENTIFIER) {
            String curve = algorithm.get(1).identifier();
            return CURVES.getOrDefault(curve, curve);
        }
        return key instanceof ECPublicKey ec
                ? Integer.toString(ec.getParams().getOrder().bitLength())
                : "explicit";
    }
}
