package io.certrail.tls;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names and kinds of the numbers in a hello, from IANA's TLS registries. */
final class TlsName {
    static final int TLS_1_3 = 0x0304;
    static final int TLS_1_2 = 0x0303;
    static final int SSL_2 = 0x0002;

    private static final Map<Integer, String> VERSIONS =
            Map.of(TLS_1_3, "1.3", TLS_1_2, "1.2", 0x0302, "1.1", 0x0301, "1.0", 0x0300, "SSLv3", SSL_2, "SSLv2");

    private static final Map<Integer, String> GROUPS = Map.ofEntries(
            Map.entry(0x0001, "sect163k1"),
            Map.entry(0x0002, "sect163r1"),
            Map.entry(0x0003, "sect163r2"),
            Map.entry(0x0004, "sect193r1"),
            Map.entry(0x0005, "sect193r2"),
            Map.entry(0x0006, "sect233k1"),
            Map.entry(0x0007, "sect233r1"),
            Map.entry(0x0008, "sect239k1"),
            Map.entry(0x0009, "sect283k1"),
            Map.entry(0x000A, "sect283r1"),
            Map.entry(0x000B, "sect409k1"),
            Map.entry(0x000C, "sect409r1"),
            Map.entry(0x000D, "sect571k1"),
            Map.entry(0x000E, "sect571r1"),
            Map.entry(0x000F, "secp160k1"),
            Map.entry(0x0010, "secp160r1"),
            Map.entry(0x0011, "secp160r2"),
            Map.entry(0x0012, "secp192k1"),
            Map.entry(0x0013, "secp192r1"),
            Map.entry(0x0014, "secp224k1"),
            Map.entry(0x0015, "secp224r1"),
            Map.entry(0x0016, "secp256k1"),
            Map.entry(0x0017, "secp256r1"),
            Map.entry(0x0018, "secp384r1"),
            Map.entry(0x0019, "secp521r1"),
            Map.entry(0x001A, "brainpoolP256r1"),
            Map.entry(0x001B, "brainpoolP384r1"),
            Map.entry(0x001C, "brainpoolP512r1"),
            Map.entry(0x001D, "x25519"),
            Map.entry(0x001E, "x448"),
            Map.entry(0x001F, "brainpoolP256r1tls13"),
            Map.entry(0x0020, "brainpoolP384r1tls13"),
            Map.entry(0x0021, "brainpoolP512r1tls13"),
            Map.entry(0x0029, "curveSM2"),
            Map.entry(0x0100, "ffdhe2048"),
            Map.entry(0x0101, "ffdhe3072"),
            Map.entry(0x0102, "ffdhe4096"),
            Map.entry(0x0103, "ffdhe6144"),
            Map.entry(0x0104, "ffdhe8192"),
            Map.entry(0x0200, "MLKEM512"),
            Map.entry(0x0201, "MLKEM768"),
            Map.entry(0x0202, "MLKEM1024"),
            Map.entry(0x11EB, "SecP256r1MLKEM768"),
            Map.entry(0x11EC, "X25519MLKEM768"),
            Map.entry(0x11ED, "SecP384r1MLKEM1024"));

    private static final Map<Integer, String> SCHEMES = Map.ofEntries(
            Map.entry(0x0101, "rsa_pkcs1_md5"),
            Map.entry(0x0201, "rsa_pkcs1_sha1"),
            Map.entry(0x0202, "dsa_sha1"),
            Map.entry(0x0203, "ecdsa_sha1"),
            Map.entry(0x0301, "rsa_pkcs1_sha224"),
            Map.entry(0x0302, "dsa_sha224"),
            Map.entry(0x0303, "ecdsa_sha224"),
            Map.entry(0x0401, "rsa_pkcs1_sha256"),
            Map.entry(0x0402, "dsa_sha256"),
            Map.entry(0x0403, "ecdsa_secp256r1_sha256"),
            Map.entry(0x0501, "rsa_pkcs1_sha384"),
            Map.entry(0x0503, "ecdsa_secp384r1_sha384"),
            Map.entry(0x0601, "rsa_pkcs1_sha512"),
            Map.entry(0x0603, "ecdsa_secp521r1_sha512"),
            Map.entry(0x0708, "sm2sig_sm3"),
            Map.entry(0x0804, "rsa_pss_rsae_sha256"),
            Map.entry(0x0805, "rsa_pss_rsae_sha384"),
            Map.entry(0x0806, "rsa_pss_rsae_sha512"),
            Map.entry(0x0807, "ed25519"),
            Map.entry(0x0808, "ed448"),
            Map.entry(0x0809, "rsa_pss_pss_sha256"),
            Map.entry(0x080A, "rsa_pss_pss_sha384"),
            Map.entry(0x080B, "rsa_pss_pss_sha512"),
            Map.entry(0x081A, "ecdsa_brainpoolP256r1tls13_sha256"),
            Map.entry(0x081B, "ecdsa_brainpoolP384r1tls13_sha384"),
            Map.entry(0x081C, "ecdsa_brainpoolP512r1tls13_sha512"),
            Map.entry(0x0904, "mldsa44"),
            Map.entry(0x0905, "mldsa65"),
            Map.entry(0x0906, "mldsa87"));

    /** How many of an offer are named. */
    private static final int SHOWN = 8;

    private static final int LONGEST_PROTOCOL = 32;
    private static final Pattern UNPRINTABLE = Pattern.compile("[^ -~]");

    /** The groups that JSSE takes by default on both JDK 17 and 25. */
    private static final Set<Integer> COMMON_GROUPS =
            Set.of(0x0017, 0x0018, 0x0019, 0x001D, 0x001E, 0x0100, 0x0101, 0x0102, 0x0103, 0x0104);

    /** The signature schemes with RSA keys that JSSE takes by default. */
    private static final Set<Integer> RSA_SCHEMES =
            Set.of(0x0401, 0x0501, 0x0601, 0x0804, 0x0805, 0x0806, 0x0809, 0x080A, 0x080B, 0x0201, 0x0301);

    /** The signature schemes with elliptic curve keys that JSSE takes by default. */
    private static final Set<Integer> EC_SCHEMES = Set.of(0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0203, 0x0303);

    private TlsName() {}

    /** A version as records state it: {@code 1.3}, {@code SSLv3}, or {@code 0x1a1a} where there is none such. */
    static String version(int version) {
        return VERSIONS.getOrDefault(version, hex(version));
    }

    /** A version as sentences state it: {@code TLS 1.3}. */
    static String spokenVersion(int version) {
        String name = version(version);
        return Character.isDigit(name.charAt(0)) && name.length() == 3 ? "TLS " + name : name;
    }

    static String group(int group) {
        return GROUPS.getOrDefault(group, hex(group));
    }

    static String scheme(int scheme) {
        return SCHEMES.getOrDefault(scheme, hex(scheme));
    }

    /** What a client offers by name, a long offer cut short: {@code x25519, secp256r1 and 12 more}. */
    static String offer(List<Integer> numbers, IntFunction<String> name) {
        List<Integer> real =
                numbers.stream().filter(number -> !isGrease(number)).toList();
        if (real.isEmpty()) {
            return "none";
        }
        String names =
                real.stream().limit(SHOWN).map(number -> name.apply(number)).collect(Collectors.joining(", "));
        return real.size() > SHOWN ? names + " and " + (real.size() - SHOWN) + " more" : names;
    }

    /** An ALPN identifier as sentences state it: printable, and not too long. */
    static String nextProtocol(String identifier) {
        String printable = UNPRINTABLE.matcher(identifier).replaceAll("?");
        return printable.length() > LONGEST_PROTOCOL ? printable.substring(0, LONGEST_PROTOCOL) + "..." : printable;
    }

    /** Whether the number is one of those that clients strew in to keep servers tolerant (RFC 8701). */
    static boolean isGrease(int number) {
        return (number & 0x0F0F) == 0x0A0A && number >> 8 == (number & 0xFF);
    }

    static boolean anyCommonGroup(List<Integer> groups) {
        return groups.stream().anyMatch(COMMON_GROUPS::contains);
    }

    static boolean anyRsaScheme(List<Integer> schemes) {
        return schemes.stream().anyMatch(RSA_SCHEMES::contains);
    }

    static boolean anyEcScheme(List<Integer> schemes) {
        return schemes.stream().anyMatch(EC_SCHEMES::contains);
    }

    static String hex(int number) {
        return String.format("0x%04x", number);
    }
}
