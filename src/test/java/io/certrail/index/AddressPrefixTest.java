package io.certrail.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressPrefixTest {
    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 10.1.2.3/32",
        "10.1.2.3/8, 10.0.0.0/8",
        "10.255.2.3/9, 10.128.0.0/9",
        "1.2.3.4/0, 0.0.0.0/0",
        "2001:DB8::1/32, 2001:db8:0:0:0:0:0:0/32",
        "::1, 0:0:0:0:0:0:0:1/128",
        "::ffff:10.0.0.1, 10.0.0.1/32"
    })
    void blockIsWrittenInOneWay(String text, String canonical) {
        assertThat(AddressPrefix.parse(text)).map(AddressPrefix::text).contains(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "example.org",
                "10",
                "10.1",
                "1.2.3.256",
                "1.2.3.4/33",
                "1.2.3.4/-1",
                "1.2.3.4/",
                "1.2.3.4/x",
                "::/129",
                "::g",
                "1:2",
                "http://169.254.169.254/",
                "10.0.0.1/8/8",
                "0x7f000001",
                "2130706433",
                "1.2.3.4 "
            })
    void whatIsNoAddressIsNoneAndNobodyIsAsked(String text) {
        Assertions.assertTimeout(Duration.ofSeconds(1), () -> assertThat(AddressPrefix.parse(text))
                .isEmpty());
    }

    @Test
    void blockContainsItsAddressesOnly() {
        AddressPrefix block = AddressPrefix.parse("10.1.128.0/17").orElseThrow();
        assertThat(block.contains("10.1.128.0")).isTrue();
        assertThat(block.contains("10.1.255.255")).isTrue();
        assertThat(block.contains("10.1.127.255")).isFalse();
        assertThat(block.contains("::ffff:10.1.129.1")).isTrue();
        assertThat(block.contains("nonsense")).isFalse();
        assertThat(AddressPrefix.parse("::/0").orElseThrow().contains("10.1.2.3"))
                .isFalse();
    }
}
