package io.certrail.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.config.ConfigKey;
import io.certrail.config.Setting;
import io.certrail.event.NamedValue;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How settings are told. */
final class ToldSettingsTest {
    @Test
    void fiveWitnessesAreToldWholeAndEachInOnePiece() {
        List<String> witnesses = IntStream.range(0, 5)
                .mapToObj(i -> "witness:https://witness-" + i + ".example/prefix#w" + i + "+0123abcd+" + "A".repeat(90))
                .toList();
        List<NamedValue> told = told(String.join(",", witnesses));

        assertThat(told)
                .extracting(NamedValue::name)
                .containsExactly("certrail.checkpoint.to", "certrail.checkpoint.to.2", "certrail.checkpoint.to.source");
        assertThat(witnesses).allSatisfy(witness -> assertThat(told)
                .filteredOn(each -> each.value().contains(witness))
                .hasSize(1));
    }

    @Test
    void valueOfAnyLengthIsToldWhole() {
        String list = IntStream.range(0, 400).mapToObj(i -> "n" + i).collect(Collectors.joining(","));
        for (String value : List.of(
                "",
                "x".repeat(512),
                "x".repeat(513),
                "\ud83d\ude00".repeat(700),
                "x" + "\ud83d\ude00".repeat(700),
                list)) {
            List<NamedValue> told = told(value);
            String whole = told.subList(0, told.size() - 1).stream()
                    .map(NamedValue::value)
                    .collect(Collectors.joining());
            assertThat(whole).isEqualTo(value);
            assertThat(told).extracting(NamedValue::name).doesNotHaveDuplicates();
            assertThat(told).noneMatch(each -> Character.isLowSurrogate((each.value() + " ").charAt(0)));
        }
    }

    private static List<NamedValue> told(String value) {
        return ToldSettings.of(List.of(new Setting(ConfigKey.CHECKPOINT_TO, value, "the test")));
    }
}
