package io.certrail.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.recorder.RequestIdentity;
import io.certrail.recorder.RequestInFlight;
import io.certrail.servlet.RecordingFixture;
import io.certrail.trail.TrailAssert;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BodyFaultTest {
    @TempDir
    Path folder;

    @Test
    void bodyThatDoesNotComeInTimeIsNoLeavingClients() throws Exception {
        assertThat(reasonAfter(new SocketTimeoutException())).isEqualTo("request_timeout");
    }

    /** Grizzly's of HTTP/2 has no type of its own. */
    @Test
    void timeoutThatOnlyItsWordsTellIsOne() throws Exception {
        assertThat(reasonAfter(new IOException("Blocking read timeout"))).isEqualTo("request_timeout");
    }

    @Test
    void anyOtherFailureIsALeavingClients() throws Exception {
        assertThat(reasonAfter(new IOException("Connection is closed"))).isEqualTo("client_aborted");
    }

    private String reasonAfter(IOException failure) throws Exception {
        try (RecordingFixture fixture = new RecordingFixture(folder)) {
            RequestInFlight record = fixture.recorder().open(RequestIdentity.unknown(), null, System.nanoTime());
            assertThatThrownBy(() -> new BodyFault().aroundReadFrom(reading(failure, record)))
                    .isSameAs(failure);
            record.close();
            TrailAssert.awaitLines(folder, 2);
            return fixture.record("http.request").getJsonObject("error").getString("type");
        }
    }

    /** Reads a body of JSON that fails at once. */
    private static ReaderInterceptorContext reading(IOException failure, RequestInFlight record) {
        var body = new AtomicReference<InputStream>(new InputStream() {
            @Override
            public int read() throws IOException {
                throw failure;
            }
        });
        return (ReaderInterceptorContext) Proxy.newProxyInstance(
                BodyFaultTest.class.getClassLoader(),
                new Class<?>[] {ReaderInterceptorContext.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getInputStream" -> body.get();
                    case "setInputStream" -> {
                        body.set((InputStream) arguments[0]);
                        yield null;
                    }
                    case "getMediaType" -> MediaType.APPLICATION_JSON_TYPE;
                    case "getProperty" -> record;
                    case "proceed" -> body.get().read();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
