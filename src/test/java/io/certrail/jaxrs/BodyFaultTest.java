package io.certrail.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.event.Fault;
import io.certrail.event.RequestFacts;
import io.certrail.recorder.RequestInFlight;
import io.certrail.servlet.RecordingFixture;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.lang.reflect.Proxy;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is told of a body, by what reading it throws. */
final class BodyFaultTest {
    @TempDir
    Path folder;

    /** Of Grizzly over HTTP/1.1 and HTTP/2, of XNIO, whose exception is another such, and of the JDK. */
    static Stream<IOException> timeouts() {
        return Stream.of(
                new IOException(new TimeoutException()),
                new IOException("Blocking read timeout"),
                new InterruptedIOException("Read timed out"),
                new SocketTimeoutException("Read timed out"));
    }

    @ParameterizedTest
    @MethodSource("timeouts")
    void restThatTheServerWaitedForInVainIsTimedOut(IOException thrown) throws IOException {
        assertThat(faultOfBodyThatThrows(ofServer(thrown)).type()).isEqualTo("request_timeout");
    }

    static Stream<IOException> losses() {
        return Stream.of(new IOException("Connection is closed"), new ClosedChannelException());
    }

    @ParameterizedTest
    @MethodSource("losses")
    void restThatItsClientDidNotSendIsAborted(IOException thrown) throws IOException {
        assertThat(faultOfBodyThatThrows(ofServer(thrown)).type()).isEqualTo("client_aborted");
        assertThat(faultOfBodyThatThrows(new IOException("wrapped", ofServer(thrown)))
                        .type())
                .isEqualTo("client_aborted");
    }

    private static IOException ofServer(IOException thrown) {
        var read = new StackTraceElement("java.nio.channels.SocketChannel", "read", null, -1);
        var server = new StackTraceElement("org.glassfish.grizzly.http.io.InputBuffer", "readByte", null, -1);
        thrown.setStackTrace(new StackTraceElement[] {read, server});
        return thrown;
    }

    /** Such as one that unpacks bodies, or limits them: the client is still there, and has its answer. */
    @Test
    void failureOfAStreamOfTheApplicationsSaysNothingOfTheClient() throws IOException {
        assertThat(faultOfBodyThatThrows(new ZipException("Not in GZIP format")))
                .isNull();
    }

    private @Nullable Fault faultOfBodyThatThrows(IOException thrown) throws IOException {
        try (RecordingFixture fixture = new RecordingFixture(folder)) {
            RequestFacts facts = new RequestFacts("id", "server", "POST", "/api/events", "1.1", null, null, null);
            RequestInFlight inFlight = fixture.recorder().open(facts, null, System.nanoTime());
            assertThatThrownBy(() -> new BodyFault().aroundReadFrom(context(inFlight, thrown)))
                    .isSameAs(thrown);
            return inFlight.fault();
        }
    }

    private static ReaderInterceptorContext context(RequestInFlight inFlight, IOException thrown) {
        InputStream[] body = {
            new InputStream() {
                @Override
                public int read() throws IOException {
                    throw thrown;
                }
            }
        };
        return (ReaderInterceptorContext) Proxy.newProxyInstance(
                BodyFaultTest.class.getClassLoader(),
                new Class<?>[] {ReaderInterceptorContext.class},
                (self, method, args) -> switch (method.getName()) {
                    case "getInputStream" -> body[0];
                    case "setInputStream" -> {
                        body[0] = (InputStream) args[0];
                        yield null;
                    }
                    case "proceed" -> body[0].read();
                    case "getProperty" -> args[0].equals(RequestInFlight.ATTRIBUTE) ? inFlight : null;
                    default -> null;
                });
    }
}
