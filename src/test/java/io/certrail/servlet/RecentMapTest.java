package io.certrail.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentMapTest {
    private final RecentMap<Integer, String> map = new RecentMap<>(10);

    @Test
    void whatIsUsedIsNotForgotten() {
        map.put(0, "kept");
        for (int i = 1; i < 1000; i++) {
            map.put(i, "other");
            assertThat(map.get(0)).isEqualTo("kept");
        }
    }

    @Test
    void neverHoldsMoreThanTwoGenerations() {
        for (int i = 0; i < 1000; i++) {
            map.put(i, "value");
        }
        assertThat(IntStream.range(0, 1000).filter(i -> map.get(i) != null).count())
                .isBetween(10L, 22L);
    }
}
