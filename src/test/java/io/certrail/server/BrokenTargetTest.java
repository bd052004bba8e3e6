package io.certrail.server;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokenTargetTest {
    @ParameterizedTest
    @CsvSource({
        "*, the target is no path",
        "localhost:443, the target is no path",
        "ftp://localhost/a, the target is no path",
        "'', the target is no path",
        "/a%00, the path holds a NUL",
        "/%00/../.., the path holds a NUL",
        "/a%5cb, the path holds a backslash",
        "/a%ff, the path is not UTF-8",
        "/%c0%ae%c0%ae/, the path is not UTF-8",
        "/%ed%a0%80, the path is not UTF-8",
        "/.., the path leads above the root",
        "/%2E%2e/x, the path leads above the root",
        "/a/..%2f..%2fetc/passwd, the path leads above the root",
        "/a//.././../b, the path leads above the root"
    })
    void whatAContainerMindsIsNamed(String path, String message) {
        assertThat(BrokenTarget.fault(path)).satisfies(fault -> {
            assertThat(fault.type()).isEqualTo("bad_request_line");
            assertThat(fault.message()).isEqualTo("invalid request line: " + message);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a/../b", "/a/b/../..", "/%c3%a4", "/...", "/..a", "/%zz", "/%", "/a%2fb"})
    void whatIsNotKnownToBeWrongIsNotNamed(String path) {
        assertThat(BrokenTarget.fault(path)).isNull();
    }

    @Property
    void anythingCanBeAsked(@ForAll String path) {
        assertThat(BrokenTarget.fault("/" + path))
                .satisfiesAnyOf(fault -> assertThat(fault).isNull(), fault -> assertThat(fault.type())
                        .isEqualTo("bad_request_line"));
    }
}
