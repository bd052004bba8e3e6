package io.certrail.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SuiteNameTest {
    @Test
    void suitesHaveTheirNamesAlsoThoseThatNobodySpeaksAnyMore() {
        assertThat(SuiteName.offer(List.of(0x1301, 0x0004, 0xC0AE)))
                .isEqualTo("TLS_AES_128_GCM_SHA256, TLS_RSA_WITH_RC4_128_MD5, TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8");
    }

    @Test
    void numberThatIsNoneHasNoName() {
        assertThat(SuiteName.offer(List.of(0xEEEE, 0xFFFD))).isEqualTo("0xeeee, 0xfffd");
    }

    @Test
    void signalsAndGreaseAreNoSuites() {
        assertThat(SuiteName.offer(List.of(0x0A0A, 0x00FF, 0x5600))).isEqualTo("none");
        assertThat(SuiteName.offer(List.of())).isEqualTo("none");
    }

    @Test
    void longOfferIsCutShort() {
        assertThat(SuiteName.offer(IntStream.rangeClosed(1, 20).boxed().toList()))
                .startsWith("TLS_RSA_WITH_NULL_MD5, TLS_RSA_WITH_NULL_SHA, ")
                .endsWith(", TLS_RSA_EXPORT_WITH_DES40_CBC_SHA and 12 more");
    }
}
