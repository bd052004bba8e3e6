package io.certrail.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "2", "2 s", "s", "-1s", "1.5h", "2S", "P1Y"})
    void whatIsNoTimeIsNone(String text) {
        assertThat(DurationText.parse(text)).isNull();
    }

    @Property
    void timeThatIsShownReadsBack(@ForAll @LongRange(min = 0, max = 999_999_999L) long millis) {
        Duration time = Duration.ofMillis(millis);

        assertThat(DurationText.parse(DurationText.of(time))).isEqualTo(time);
    }
}
