package io.certrail.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;

final class SettlementTest {
    private final Losses losses = new Losses(Clock.systemUTC());
    private final Backlog backlog = new Backlog();
    private boolean exhausted = true;

    /** There is no memory for its words, and a producer loses more: nor may there be memory to put it back beside that. */
    @Test
    void gapThatCouldNotBeWordedIsOwedAsItWas() {
        Intake intake = new Intake(TrailOptions.of(Path.of("unused")), new Doorbell(), losses);
        Settlement settlement = new Settlement(backlog, new Exhausted(), intake, losses, new Durable(0, 0));
        losses.add(1, "queue full");
        assertThatThrownBy(settlement::sayGap).isInstanceOf(OutOfMemoryError.class);
        assertThat(losses.isUntold()).isTrue();
        exhausted = false;
        settlement.sayGap();
        assertThat(losses.isUntold()).isTrue();
        settlement.sayGap();

        assertThat(losses.isUntold()).isFalse();
        assertThat(backlog.those(entry -> true))
                .extracting(Entry::told)
                .extracting(Chronicle.Gap::count)
                .containsExactlyInAnyOrder(1L, 2L);
    }

    /** Has no memory once, when a producer loses two records. */
    private final class Exhausted extends PlainChronicle {
        @Override
        public byte[] gap(Gap gap) {
            if (exhausted) {
                losses.add(2, "queue full");
                throw new OutOfMemoryError("injected");
            }
            return super.gap(gap);
        }
    }
}
