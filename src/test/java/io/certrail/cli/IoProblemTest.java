package io.certrail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class IoProblemTest {
    static Stream<Arguments> problems() {
        return Stream.of(
                Arguments.of(new NoSuchFileException("key.pub"), "key.pub does not exist"),
                Arguments.of(new NoSuchFileException("0.jsonl", null, "was deleted"), "0.jsonl was deleted"),
                Arguments.of(new AccessDeniedException("key"), "key may not be read or written by this user"),
                Arguments.of(new FileAlreadyExistsException("proof"), "proof exists already"),
                Arguments.of(new NotDirectoryException("trail"), "trail is no folder"),
                Arguments.of(new IOException("disk full"), "disk full"),
                Arguments.of(new IOException(), "IOException"));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void saysWhatTheTypeTells(IOException problem, String words) {
        assertThat(IoProblem.words(problem)).isEqualTo(words);
    }
}
