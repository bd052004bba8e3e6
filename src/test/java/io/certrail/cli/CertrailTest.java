package io.certrail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class CertrailTest {
    @Test
    void helpNamesEverySubcommandAndHowTheProcessEnds() {
        CommandRun run = CommandRun.of("--help");

        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("completion", "Exit status:").doesNotContain("\u001b");
    }

    @Test
    void versionTellsItself() {
        CommandRun run = CommandRun.of("--version");

        assertThat(run.status()).isZero();
        assertThat(run.out()).startsWith("certrail ").contains("picocli");
    }

    @TestFactory
    Stream<DynamicTest> everySubcommandTeachesByExample() {
        return subcommands()
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    CommandRun run = CommandRun.of(name, "--help");

                    assertThat(run.status()).isZero();
                    assertThat(run.out())
                            .contains("Usage: certrail " + name)
                            .contains("Examples:\n")
                            .containsPattern("\nExamples:\n(.*\n)*.*certrail " + name)
                            .contains("Exit status:");
                }));
    }

    @Test
    void whatCannotBePrintedIsNotDone() {
        CommandRun run = new BrokenOutput().run("completion");

        assertThat(run.status()).isEqualTo(ExitStatus.UNREADABLE);
        assertThat(run.err()).containsOnlyOnce("\n").contains("not all could be written to the output");
    }

    @Test
    void errorOfTheMachineIsNoFinding() {
        StringWriter err = new StringWriter();
        CommandLine command = new CommandLine(new Exhausting()).setErr(new PrintWriter(err));

        assertThat(Certrail.run(command)).isEqualTo(ExitStatus.UNREADABLE);
        assertThat(err.toString()).containsOnlyOnce("\n").contains("nothing can be said", "Java heap space");
    }

    @CommandLine.Command(name = "exhausting")
    private static final class Exhausting implements Callable<Integer> {
        @Override
        public Integer call() {
            throw new OutOfMemoryError("Java heap space");
        }
    }

    @Test
    void noSubcommandIsAnErrorOfUsage() {
        CommandRun run = CommandRun.of();

        assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(run.err()).contains("Name a subcommand", "Usage: certrail");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void unknownSubcommandIsAnErrorOfUsageAndSimilarOnesAreNamed() {
        CommandRun run = CommandRun.of("complete");

        assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(run.err()).contains("complete", "completion");
    }

    @ParameterizedTest
    @MethodSource("subcommands")
    void whatIsWrongIsNotLostAboveTheWholeHelp(String name) {
        CommandRun run = CommandRun.of(name, "--no-such-option");

        assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("certrail " + name + ": ")
                .endsWith("'certrail " + name + " --help' tells how it is used.\n")
                .hasLineCount(2);
    }

    @Test
    void completionIsAScriptOfBash() {
        CommandRun run = CommandRun.of("completion");

        assertThat(run.status()).isZero();
        assertThat(run.out()).startsWith("#!/usr/bin/env bash").contains("_complete_certrail", "--help");
    }

    static Stream<String> subcommands() {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        CommandLine command = Certrail.commandLine(nowhere, nowhere);
        return command.getSubcommands().keySet().stream();
    }
}
