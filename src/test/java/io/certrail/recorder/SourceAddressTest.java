package io.certrail.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceAddressTest {
    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7",
        "2001:db8:0:1:2:3:4:5, 2001:db8:0:1::/64",
        "2001:db8:0:1:ffff:0:0:1, 2001:db8:0:1::/64",
        "fe80:0:0:0:1:2:3:4%eth0, fe80:0:0:0::/64",
        "2001:db8::5, 2001:db8:0:0::/64",
        "::1, 0:0:0:0::/64",
        "fe80::1%eth0, fe80:0:0:0::/64",
        "::ffff:203.0.113.7, 203.0.113.7",
        "no:address, no:address",
        "no::address, no::address"
    })
    void hostsOfOneNetworkAreOneSource(String address, String source) {
        assertThat(SourceAddress.of(address)).isEqualTo(source);
    }

    @Test
    void addressThatIsNotKnownIsASourceToo() {
        assertThat(SourceAddress.of(null)).isEqualTo(SourceAddress.UNKNOWN);
    }

    @Test
    void addressOfVersionFourIsTakenAsItIs() {
        String address = new String("203.0.113.7");

        assertThat(SourceAddress.of(address)).isSameAs(address);
    }
}
