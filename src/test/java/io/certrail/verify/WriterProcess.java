package io.certrail.verify;

import io.certrail.recorder.Durability;
import io.certrail.recorder.FloodOptions;
import io.certrail.recorder.Recorder;
import io.certrail.trail.Retention;
import io.certrail.trail.Trail;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;

/** A process of its own that records until it is told to stop or killed. */
public final class WriterProcess implements AutoCloseable {
    /** Nobody is to fill a disk who was forgotten. */
    private static final int MOST_CONNECTIONS = 100_000;

    private static final int PAUSE_CONNECTIONS = 10;
    private static final int MOST_BEHIND = 5_000;

    private final Process process;
    private final BufferedReader out;

    private WriterProcess(Process process) {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    /** Starts one; what it has to say of failures goes into a file. */
    public static WriterProcess start(Path folder, Path errors) throws IOException {
        return new WriterProcess(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        WriterProcess.class.getName(),
                        folder.toString())
                .redirectError(errors.toFile())
                .start());
    }

    public long pid() {
        return process.pid();
    }

    /** Waits until so many connections are recorded; false: it has ended before. */
    public boolean await(int connections) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (Integer.parseInt(line) >= connections) {
                return true;
            }
        }
        return false;
    }

    /** Lets it stop in order. */
    public void stop() throws IOException, InterruptedException {
        process.getOutputStream().close();
        await(Integer.MAX_VALUE);
        if (process.waitFor() != 0) {
            throw new AssertionError("ended with " + process.exitValue());
        }
    }

    /** Ends it at once. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** How it ended, once it has. */
    public int exitValue() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        kill();
    }

    /** Records connections, and says after each some how many there are. */
    public static void main(String[] arguments) throws IOException {
        PrintStream told = new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true);
        CompletableFuture<Integer> stop = CompletableFuture.supplyAsync(WriterProcess::readToTheEnd, work -> {
            Thread thread = new Thread(work);
            thread.setDaemon(true); // it is not to keep a process that failed
            thread.start();
        });
        String boot = Recorder.newBootId();
        try (Trail trail = SampleTrail.open(Path.of(arguments[0]), boot, 60_000, Retention.ALL)) {
            Recorder recorder =
                    SampleTrail.recorder(trail, boot, Durability.NONE, FloodOptions.UNLIMITED, Clock.systemUTC());
            for (int i = 0; i < MOST_CONNECTIONS && !stop.isDone(); i++) {
                SampleTrail.connection(recorder, i);
                if (i % PAUSE_CONNECTIONS == 0) {
                    do {
                        pause();
                    } while (isTooEarly(trail));
                    told.println(i);
                }
            }
        }
    }

    /** Nobody is to find a life of which nothing is on disk, nor one that runs away from its tree. */
    private static boolean isTooEarly(Trail trail) {
        return trail.counts().recorded() == 0
                || trail.checkpoint().orElseThrow().behind() > MOST_BEHIND;
    }

    private static int readToTheEnd() {
        try {
            return System.in.readAllBytes().length;
        } catch (IOException e) {
            return -1;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
