package io.certrail.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code certrail}. */
@Command(
        name = "certrail",
        description = "Reads, verifies and proves the trails that Certrail writes.",
        mixinStandardHelpOptions = true,
        versionProvider = Certrail.Version.class,
        scope = ScopeType.INHERIT,
        sortOptions = false,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done; of a verification: nothing found",
            "1:there are findings, or what was checked does not hold",
            "2:the command line is wrong",
            "3:something could not be read or written: nothing can be said"
        },
        subcommands = {
            VerifyCommand.class,
            ProveCommand.class,
            CheckCommand.class,
            ShowCommand.class,
            TailCommand.class,
            RepairCommand.class,
            RotateKeyCommand.class,
            ScanCommand.class,
            QueryCommand.class,
            CompletionCommand.class
        })
public final class Certrail implements Callable<Integer> {
    @Mixin
    private final Output output = new Output();

    /** Runs a command line and ends the process. */
    public static void main(String[] arguments) {
        System.exit(run(commandLine(writer(System.out), writer(System.err)), arguments));
    }

    /** UTF-8, whatever the locale says: records hold names from all over the world. */
    static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8); // knows whether the stream has failed
    }

    /** Runs a command line; what it could not print is not done, and an error is no finding. */
    static int run(CommandLine command, String... arguments) {
        int status;
        try {
            status = command.execute(arguments);
        } catch (Throwable e) { // such as too little memory; the JVM itself would end with the status of findings
            command.getErr().println("certrail: broken off, nothing can be said: " + e);
            return ExitStatus.UNREADABLE;
        }
        if (command.getOut().checkError() && status == ExitStatus.GOOD) {
            command.getErr()
                    .println("certrail: not all could be written to the output: it is closed, or its disk is full");
            return ExitStatus.UNREADABLE;
        }
        return status;
    }

    /** The command with all its subcommands, printing to writers. */
    static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        return new CommandLine(new Certrail())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Certrail::misused)
                .setExecutionExceptionHandler(Certrail::failed);
    }

    /** Without a subcommand there is nothing to do. */
    @Override
    public Integer call() {
        output.help();
        throw output.usage("what is to be done? Name a subcommand");
    }

    /** The problem alone: above a whole help it would be out of sight. */
    private static int misused(ParameterException problem, String... arguments) {
        CommandLine command = problem.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        command.getErr().println(name + ": " + problem.getMessage());
        UnmatchedArgumentException.printSuggestions(problem, command.getErr());
        command.getErr().println("'" + name + " --help' tells how it is used.");
        return ExitStatus.USAGE;
    }

    /** What cannot be read is the user's to put right, and is told in a line; anything else is a fault of ours. */
    private static int failed(Exception failure, CommandLine command, ParseResult arguments) {
        if (failure instanceof IOException unreadable) {
            String name = command.getCommandSpec().qualifiedName();
            command.getErr().println(name + ": " + IoProblem.words(unreadable));
        } else {
            failure.printStackTrace(command.getErr());
        }
        return ExitStatus.UNREADABLE;
    }

    /** The version of the jar. */
    static String version() {
        String version = Certrail.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }

    /** The version of the jar; classes that are in none were just compiled. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "certrail " + version(), "Java " + Runtime.version() + ", picocli " + CommandLine.VERSION
            };
        }
    }
}
