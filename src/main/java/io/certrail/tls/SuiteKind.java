package io.certrail.tls;

import java.util.List;
import java.util.Set;

/** What a cipher suite demands besides itself. Only suites that JSSE has enabled by default have a kind. */
enum SuiteKind {
    /** TLS 1.3: key exchange and signature are negotiated apart. */
    TLS_1_3(Set.of(0x1301, 0x1302, 0x1303)),
    /** An elliptic curve group and an RSA signature. */
    ECDHE_RSA(Set.of(0xC02F, 0xC030, 0xCCA8, 0xC027, 0xC028, 0xC013, 0xC014)),
    /** An elliptic curve group and an ECDSA or EdDSA signature. */
    ECDHE_ECDSA(Set.of(0xC02B, 0xC02C, 0xCCA9, 0xC023, 0xC024, 0xC009, 0xC00A)),
    /** An RSA signature. */
    DHE_RSA(Set.of(0x009E, 0x009F, 0xCCAA, 0x0067, 0x006B, 0x0033, 0x0039)),
    /** The server's RSA key alone; no longer enabled in newer JDKs. */
    RSA(Set.of(0x009C, 0x009D, 0x003C, 0x003D, 0x002F, 0x0035));

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
    private final Set<Integer> suites;

    SuiteKind(Set<Integer> suites) {
        this.suites = suites;
    }

    boolean isAmong(List<Integer> offered) {
        return offered.stream().anyMatch(suites::contains);
    }
}
