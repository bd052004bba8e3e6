package io.certrail.cli;

import io.certrail.trail.TrailFiles;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** {@code certrail tail -f}, running, until whoever reads it goes away. */
final class FollowedTail implements AutoCloseable {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Pipe out = new Pipe();
    private final StringWriter err = new StringWriter();
    private final CompletableFuture<Integer> status;

    FollowedTail(String... arguments) {
        CommandLine command = Certrail.commandLine(new PrintWriter(out), new PrintWriter(err));
        status = run(command, Stream.concat(Stream.of("tail", "-f"), Stream.of(arguments)));
    }

    /** Of a trail that is read in another way than from the disk. */
    FollowedTail(TrailFiles files, String... arguments) {
        CommandLine command = new CommandLine(new TailCommand(files))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err));
        status = run(command, Stream.concat(Stream.of("-f"), Stream.of(arguments)));
    }

    private static CompletableFuture<Integer> run(CommandLine command, Stream<String> arguments) {
        command.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        String[] all = arguments.toArray(String[]::new);
        return CompletableFuture.supplyAsync(() -> command.execute(all), work -> new Thread(work).start());
    }

    /** What it has printed so far. */
    List<String> lines() {
        return out.text().lines().toList();
    }

    /** The numbers of the records that it has printed so far. */
    List<Long> sequences() {
        return lines().stream()
                .map(line -> Long.parseLong(line.split(" ", 2)[0]))
                .toList();
    }

    /** Its output takes nothing until it is released: whoever reads it is slow. */
    void hold() {
        out.hold(true);
    }

    void release() {
        out.hold(false);
    }

    /** Whoever reads it goes away before what comes next. */
    void closeAtNextWrite() {
        out.closeAtNextWrite();
    }

    /** How often it has written to nobody. */
    int refusedWrites() {
        return out.refused();
    }

    /** How many lines it has printed at once at most, before they had to be taken. */
    int mostAtOnce() {
        return out.most();
    }

    void await(Predicate<List<String>> condition) throws InterruptedException {
        long end = System.nanoTime() + LONG.toNanos();
        while (!condition.test(lines())) {
            if (System.nanoTime() > end || status.isDone()) {
                throw new AssertionError("did not come: " + out.text() + err);
            }
            Thread.sleep(10);
        }
    }

    /** Waits until the record with a number was printed. */
    void awaitSequence(long sequence) throws InterruptedException {
        await(lines -> lines.stream().anyMatch(line -> line.startsWith(sequence + " ")));
    }

    String err() {
        return err.toString();
    }

    /** How it ended by itself. */
    int status() {
        return status.orTimeout(LONG.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)
                .join();
    }

    /** Nobody reads any more. */
    @Override
    public void close() {
        out.close();
        if (status() != ExitStatus.GOOD) {
            throw new AssertionError("ended with " + status() + ": " + err);
        }
    }

    /** Like a pipe to another process: writing fails when that is gone. */
    private static final class Pipe extends Writer {
        private final StringBuilder text = new StringBuilder();
        private boolean closed;
        private boolean held;
        private boolean closesAtNextWrite;
        private int refused;
        private int lines;
        private int most;

        @Override
        public synchronized void write(char[] array, int offset, int length) throws IOException {
            closed |= closesAtNextWrite;
            if (closed) {
                refused++;
                throw new IOException("Broken pipe");
            }
            text.append(array, offset, length);
            for (int i = offset; i < offset + length; i++) {
                lines += array[i] == '\n' ? 1 : 0;
            }
            most = Math.max(most, lines);
        }

        @Override
        public synchronized void flush() throws IOException {
            lines = 0;
            try {
                while (held && !closed) {
                    wait();
                }
            } catch (InterruptedException e) {
                throw new InterruptedIOException();
            }
            if (closed) {
                throw new IOException("Broken pipe");
            }
        }

        synchronized void hold(boolean now) {
            held = now;
            notifyAll();
        }

        synchronized void closeAtNextWrite() {
            closesAtNextWrite = true;
        }

        synchronized int refused() {
            return refused;
        }

        synchronized int most() {
            return most;
        }

        @Override
        public synchronized void close() {
            closed = true;
            notifyAll();
        }

        synchronized String text() {
            return text.toString();
        }
    }
}
