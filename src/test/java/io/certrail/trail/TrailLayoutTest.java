package io.certrail.trail;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TrailLayoutTest {
    private final Path folder = Path.of("/var/lib/certrail/trail");
    private final TrailLayout layout = new TrailLayout(folder);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "entries",
                "tile",
                "checkpoint",
                "checkpoints",
                "key",
                "key.next",
                "key.pub",
                "keys",
                "wal",
                "torn",
                "witness",
                "clock",
                "format",
                "lock",
                "Clock",
                "clock.new",
                "witness/of/mine"
            })
    void whatLiesInTheFolderIsClaimed(String name) {
        assertThat(layout.claims(folder.resolve(name))).isTrue();
    }

    @Test
    void everyPathOfTheLayoutIsClaimed() throws ReflectiveOperationException {
        List<Method> paths = Arrays.stream(TrailLayout.class.getDeclaredMethods())
                .filter(method -> method.getReturnType() == Path.class && method.getParameterCount() == 0)
                .toList();
        assertThat(paths).hasSizeGreaterThan(9);
        for (Method path : paths) {
            assertThat(layout.claims((Path) path.invoke(layout)))
                    .as(path.getName())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"index", "clocks", "new", ".new", "clock.old"})
    void anotherFolderInItIsNot(String name) {
        assertThat(layout.claims(folder.resolve(name))).isFalse();
    }
}
