package io.certrail.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** A standard output that nobody reads any more, or on a full disk. */
final class BrokenOutput extends OutputStream {
    private int writes;

    @Override
    public void write(int octet) throws IOException {
        writes++;
        throw new IOException("No space left on device");
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        writes++;
        throw new IOException("No space left on device");
    }

    /** How often it was written to. */
    int writes() {
        return writes;
    }

    CommandRun run(String... arguments) {
        StringWriter err = new StringWriter();
        PrintWriter out = Certrail.writer(new PrintStream(this, true));
        CommandLine command = Certrail.commandLine(out, new PrintWriter(err));
        return new CommandRun(Certrail.run(command, arguments), "", err.toString());
    }
}
