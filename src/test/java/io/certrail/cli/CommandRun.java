package io.certrail.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** A command line that was run as a user runs it, in this process. */
public record CommandRun(int status, String out, String err) {
    public static CommandRun of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Certrail.commandLine(new PrintWriter(out), new PrintWriter(err));
        command.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        int status = Certrail.run(command, arguments);
        return new CommandRun(status, out.toString(), err.toString());
    }
}
