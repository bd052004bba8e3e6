package io.certrail.trail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NewlineTest {
    /** How many of the bytes that a trail does not have, or seldom. */
    @ParameterizedTest
    @ValueSource(ints = {1, 10, 200})
    void findsTheFirstNewlineAmongAnyBytes(int seldom) {
        Random random = new Random(seldom);
        for (int run = 0; run < 20_000; run++) {
            byte[] array = new byte[random.nextInt(120)];
            for (int i = 0; i < array.length; i++) {
                array[i] = (byte) (random.nextInt(seldom) == 0 ? random.nextInt(256) : 'a');
            }
            int to = random.nextInt(array.length + 1);
            int from = random.nextInt(to + 1);
            if (to > from && random.nextBoolean()) {
                array[from + random.nextInt(to - from)] = '\n';
            }
            int expected = from;
            while (expected < to && array[expected] != '\n') {
                expected++;
            }
            assertThat(Newline.first(array, from, to)).isEqualTo(expected);
        }
    }
}
