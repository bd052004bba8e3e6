package io.certrail.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code certrail completion}: a script that lets bash and zsh complete command lines. */
@Command(
        name = "completion",
        description = "Prints a script with which bash and zsh complete subcommands and options.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  alias certrail='java -jar /opt/certrail/certrail-cli.jar'",
            "  source <(certrail completion)",
            "",
            "Both lines belong into ~/.bashrc."
        })
final class CompletionCommand implements Callable<Integer> {
    @Mixin
    private final Output output = new Output();

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() {
        output.out().print(AutoComplete.bash("certrail", command.root().commandLine()));
        output.out().flush();
        return ExitStatus.GOOD;
    }
}
