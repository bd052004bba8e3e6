package io.certrail.trail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class IntakeTest {
    private final Losses losses = new Losses(clock());
    private final Intake intake = new Intake(TrailOptions.of(Path.of("never")), new Doorbell(), losses);
    private final List<String> taken = new ArrayList<>();
    private boolean exhausted;

    private Clock clock() {
        InstantSource source = () -> {
            if (exhausted) {
                throw new OutOfMemoryError("injected");
            }
            return Instant.now();
        };
        return source.withZone(ZoneOffset.UTC);
    }

    @Test
    void givesTheEarliestFirst() {
        append("a", "b", "c");
        intake.take(this::take);
        append("d");
        intake.take(this::take);
        intake.take(this::take);
        assertThat(taken).containsExactly("a", "b", "c", "d");
    }

    @Test
    void nothingIsGoneWhenMemoryIsOutForTheTaker() {
        append("a", "b", "c");
        assertThatThrownBy(() -> intake.take(entry -> takeUnless("b", entry))).isInstanceOf(OutOfMemoryError.class);
        append("d", "e");
        assertThatThrownBy(() -> intake.take(entry -> takeUnless("e", entry))).isInstanceOf(OutOfMemoryError.class);
        assertThat(taken).containsExactly("a", "b", "c", "d");
        append("f");
        assertThatThrownBy(() -> intake.seal(entry -> takeUnless("f", entry))).isInstanceOf(OutOfMemoryError.class);
        intake.seal(this::take);
        assertThat(taken).containsExactly("a", "b", "c", "d", "e", "f");
    }

    @Test
    void takesNothingMoreOnceSealedThoughAskedAgain() {
        intake.seal(this::take);
        intake.take(this::take);
        assertThat(append("late").get(0).isLost()).isTrue();
        assertThat(losses.total()).isOne();
        assertThat(taken).isEmpty();
    }

    @Test
    void whatIsLostWhenMemoryIsOutForAGapIsCountedOnceAndToldLater() {
        intake.seal(this::take);
        exhausted = true;
        Instant before = Instant.now();
        byte[] line = RecordChronicle.line("boot", "tls.handshake", "failure", "late");
        assertThatCode(() -> intake.append(line, line.length, Wait.NONE)).doesNotThrowAnyException();
        append("later");
        assertThat(losses.total()).isEqualTo(2);
        assertThat(losses.handshakes()).isOne();
        assertThat(losses.isUntold()).isTrue();
        assertThatThrownBy(losses::take).isInstanceOf(OutOfMemoryError.class);
        exhausted = false;
        append("at last");
        Chronicle.Gap gap = losses.take();
        assertThat(gap).isNotNull();
        assertThat(gap.count()).isEqualTo(3);
        assertThat(gap.cause()).isEqualTo("the trail is closed");
        assertThat(gap.from()).isBetween(before, gap.to());
        assertThat(losses.isUntold()).isFalse();
    }

    private List<Ticket> append(String... details) {
        List<Ticket> tickets = new ArrayList<>();
        for (String detail : details) {
            byte[] line = PlainChronicle.line("test", detail);
            tickets.add(intake.append(line, line.length, Wait.NONE));
        }
        return tickets;
    }

    private void take(Entry entry) {
        taken.add(new String(entry.line(), UTF_8).replaceAll(".*\"detail\":\"([^\"]*)\".*", "$1"));
    }

    private void takeUnless(String detail, Entry entry) {
        if (new String(entry.line(), UTF_8).contains('"' + detail + '"')) {
            throw new OutOfMemoryError("injected");
        }
        take(entry);
    }
}
