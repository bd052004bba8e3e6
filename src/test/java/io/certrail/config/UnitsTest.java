package io.certrail.config;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "65536, 65536",
        "64MB, 64000000",
        "64 MB, 64000000",
        "64mib, 67108864",
        "1KiB, 1024",
        "1kB, 1000",
        "7B, 7",
        "2TiB, 2199023255552"
    })
    void sizeIsBytesOrHasAUnit(String text, long bytes) {
        assertThat(SizeText.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MB", "-1", "1.5MB", "1e3", "1XB", "9999999999999999", "99999999999999TiB", "0x10"})
    void whatIsNoSizeIsNone(String text) {
        assertThat(SizeText.parse(text)).isEqualTo(-1);
    }

    @Property
    void sizeThatIsShownReadsBack(@ForAll @LongRange(min = 0, max = 999_999_999_999_999L) long bytes) {
        assertThat(SizeText.parse(SizeText.of(bytes))).isEqualTo(bytes);
    }
}
