package io.certrail.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the Dockerfiles promise. That they build is tried by {@code docker/check}, where a builder is at hand. */
class DockerfileTest {
    @ParameterizedTest
    @ValueSource(strings = {"payara-micro", "wildfly"})
    void imageIsPinnedRunsAsNobodySpecialAndSaysHowItIs(String name) {
        List<String> lines = instructions(name);
        assertThat(lines)
                .filteredOn(line -> line.startsWith("FROM "))
                .hasSize(2)
                .allMatch(line -> line.matches("FROM [\\w/.-]+:\\d+(\\.\\d+)+_\\d+-\\w+-\\w+( AS \\w+)?"));
        assertThat(lines).contains("USER 10001:10001", "STOPSIGNAL SIGTERM", "VOLUME /var/lib/certrail/trail");
        assertThat(lines).anyMatch(line -> line.startsWith("HEALTHCHECK ") && line.contains("certrail-health.jar"));
        assertThat(lines.get(lines.size() - 1)).isEqualTo("ENTRYPOINT [\"/bin/sh\", \"/opt/certrail/start\"]");
    }

    /** A builder copies files with the modes that they have there, 0600 with a umask of 077. */
    @ParameterizedTest
    @ValueSource(strings = {"payara-micro", "wildfly"})
    void whatIsCopiedCanBeReadByTheServersUser(String name) {
        List<String> lines = instructions(name);
        int readable = lines.indexOf("RUN find /opt/certrail ! -perm -a=r -exec chmod a+rX {} +");
        assertThat(lines.subList(0, readable + 1))
                .filteredOn(line -> line.startsWith("COPY ") && line.endsWith(" /opt/certrail/"))
                .hasSizeGreaterThan(1);
        assertThat(lines.subList(readable + 1, lines.size()))
                .noneMatch(line -> line.startsWith("COPY "))
                .contains("USER 10001:10001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"payara-micro", "wildfly"})
    void noSecretCanGetIntoALayer(String name) {
        assertThat(instructions(name))
                .noneMatch(line -> line.matches("(?i)(ENV|ARG) .*(password|secret|key).*"))
                .noneMatch(line -> line.startsWith("COPY ") && line.matches(".*(\\.p12|\\.key|secrets/|pki|\\. ).*"));
        assertThat(DockerFiles.text(name + "/Dockerfile.dockerignore").lines().filter(line -> !line.startsWith("#")))
                .startsWith("*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"payara-micro", "wildfly"})
    void everyFileThatIsCopiedIsThereOrBuiltAndLetIntoTheBuild(String name) {
        List<String> letIn = DockerFiles.text(name + "/Dockerfile.dockerignore")
                .lines()
                .filter(line -> line.startsWith("!"))
                .map(line -> line.substring(1))
                .toList();
        List<String> copied = instructions(name).stream()
                .filter(line -> line.startsWith("COPY ") && !line.contains("--from"))
                .map(line -> line.split(" "))
                .flatMap(words -> Arrays.stream(words, 1, words.length - 1))
                .map(source -> source.replaceFirst("/$", ""))
                .toList();
        assertThat(letIn).containsExactlyInAnyOrderElementsOf(copied);
        assertThat(copied)
                .filteredOn(source -> !source.startsWith("target/"))
                .allSatisfy(source -> assertThat(Path.of(source)).exists());
    }

    /** With continued lines joined. */
    private static List<String> instructions(String name) {
        String text = DockerFiles.text(name + "/Dockerfile");
        return Pattern.compile("\\\\\n")
                .matcher(text)
                .replaceAll(" ")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }
}
