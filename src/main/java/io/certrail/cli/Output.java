package io.certrail.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Where a subcommand prints: a {@link Mixin} of each. Results go to {@link #out}, what accompanies them to {@link #err}.
 * Colours only on a terminal, and not where {@code NO_COLOR} is set (picocli's {@code Ansi.AUTO}).
 */
@Command // nothing of its own: what makes it a mixin
final class Output {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    PrintWriter out() {
        return command.commandLine().getOut();
    }

    PrintWriter err() {
        return command.commandLine().getErr();
    }

    /** Whether what is printed arrives no more: whoever read it is gone, or the disk is full. Flushes. */
    boolean isBroken() {
        return out().checkError();
    }

    /** Whether to colour. */
    Ansi ansi() {
        return command.commandLine().getColorScheme().ansi();
    }

    /** Prints how the command is used, as what accompanies a result. */
    void help() {
        command.commandLine().usage(err());
    }

    /** What to throw at a user whose arguments cannot be meant. */
    ParameterException usage(String problem) {
        return new ParameterException(command.commandLine(), problem);
    }
}
