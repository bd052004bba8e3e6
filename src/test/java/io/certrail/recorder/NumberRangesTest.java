package io.certrail.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class NumberRangesTest {
    @Example
    void numbersInARowAreOneRange() {
        NumberRanges ranges = new NumberRanges(1);
        for (int number : new int[] {5, 6, 4, 7, 5}) {
            assertThat(ranges.add(number)).isTrue();
        }

        assertThat(ranges.texts()).containsExactly("4-7");
    }

    @Example
    void numberThatClosesAHoleMakesOneRangeOfTwo() {
        NumberRanges ranges = new NumberRanges(3);
        List.of(1L, 3L, 9L).forEach(ranges::add);
        assertThat(ranges.texts()).containsExactly("1", "3", "9");

        ranges.add(2);

        assertThat(ranges.texts()).containsExactly("1-3", "9");
    }

    @Example
    void rangeTooManyIsRefusedAndChangesNothing() {
        NumberRanges ranges = new NumberRanges(2);
        ranges.add(1);
        ranges.add(10);

        assertThat(ranges.add(5)).isFalse();
        assertThat(ranges.add(11)).isTrue();
        assertThat(ranges.texts()).containsExactly("1", "10-11");
    }

    /** Whatever comes in whatever order: the set is the same as one that keeps each number. */
    @Property
    void anyNumbersInAnyOrderAreThere(@ForAll @Size(max = 200) List<@IntRange(min = 0, max = 300) Integer> numbers) {
        NumberRanges ranges = new NumberRanges(300);
        numbers.forEach(ranges::add);

        assertThat(numbersOf(ranges.texts())).containsExactlyElementsOf(new TreeSet<>(longs(numbers)));
    }

    private static Set<Long> longs(List<Integer> numbers) {
        Set<Long> longs = new TreeSet<>();
        numbers.forEach(number -> longs.add((long) number));
        return longs;
    }

    /** What ranges hold, in their order; a number that is in two of them is there twice. */
    static List<Long> numbersOf(List<String> texts) {
        List<Long> numbers = new ArrayList<>();
        for (String text : texts) {
            int dash = text.indexOf('-');
            long first = Long.parseLong(dash < 0 ? text : text.substring(0, dash));
            long last = Long.parseLong(text.substring(dash + 1));
            for (long number = first; number <= last; number++) {
                numbers.add(number);
            }
        }
        return numbers;
    }
}
