package io.certrail.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HookAttemptsTest {
    private final List<String> tried = new ArrayList<>();
    private long now;
    private final HookAttempts<String> attempts = new HookAttempts<>(() -> now);

    private void hook(String listener) {
        tried.add(listener);
        if (listener.startsWith("broken")) {
            throw new IllegalStateException(listener);
        }
    }

    private void look(String... running) {
        attempts.each(List.of(running), this::hook);
    }

    private void fails(String... running) {
        assertThatThrownBy(() -> look(running)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void othersHaveTheirTurnAndTheFirstFailureIsTold() {
        assertThatThrownBy(() -> look("broken 1", "good", "broken 2", "better"))
                .hasMessage("broken 1")
                .satisfies(e -> assertThat(e.getSuppressed()).singleElement().satisfies(other -> assertThat(other)
                        .hasMessage("broken 2")));
        assertThat(tried).containsExactly("broken 1", "good", "broken 2", "better");
    }

    @Test
    void brokenOneIsTriedLessAndLessOftenAndTheOthersEachTime() {
        fails("broken", "good");
        tried.clear();
        look("broken", "good");
        assertThat(tried).containsExactly("good");

        for (long pause : new long[] {1000, 2000, 4000, 5000, 5000}) {
            now += Duration.ofMillis(pause).toNanos() - 1;
            look("broken", "good");
            now++;
            fails("broken", "good");
        }
    }

    @Test
    void oneThatWasGoneIsTriedAtOnce() {
        fails("broken");
        look();
        fails("broken");
    }
}
