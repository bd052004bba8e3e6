package io.certrail.server.payara;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.event.Reason;
import io.certrail.tls.Ending;
import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.glassfish.grizzly.CloseReason;
import org.glassfish.grizzly.CloseType;
import org.junit.jupiter.api.Test;

class GrizzlyEndTest {
    @Test
    void resetIsToldFromAnOrderlyClose() {
        var reset = GrizzlyEnd.of(remotely(null), new IOException("Connection reset by peer"));
        var close = GrizzlyEnd.of(remotely(new EOFException()), null);

        assertThat(reset.fault().type()).isEqualTo(Reason.CLIENT_RESET.id());
        assertThat(reset.isLoss()).isTrue();
        assertThat(close.fault().type()).isEqualTo(Reason.CLIENT_ABORTED.id());
        assertThat(close.isLoss()).isFalse();
    }

    @Test
    void closeWithoutACauseIsTheIdleTimersWork() {
        var end = GrizzlyEnd.of(CloseReason.LOCALLY_CLOSED_REASON, null);

        assertThat(end.ending()).isEqualTo(Ending.TIMED_OUT);
        assertThat(end.isRefusal()).isFalse();
        assertThat(end.fault().type()).isEqualTo(Reason.REQUEST_TIMEOUT.id());
    }

    @Test
    void timeoutInsideAnotherFailureIsATimeout() {
        var cause = new IOException(new TimeoutException());

        assertThat(GrizzlyEnd.of(new CloseReason(CloseType.LOCALLY, cause), null)
                        .ending())
                .isEqualTo(Ending.TIMED_OUT);
    }

    @Test
    void tlsThatBreaksAfterTheHandshakeIsNamed() {
        var end = GrizzlyEnd.of(new CloseReason(CloseType.LOCALLY, new SSLException("Tag mismatch!")), null);

        assertThat(end.isRefusal()).isTrue();
        assertThat(end.isOfTls()).isTrue();
        assertThat(end.fault().type()).isEqualTo(Reason.BAD_RECORD_MAC.id());
        assertThat(end.fault().message()).startsWith("after the handshake: ");
    }

    @Test
    void alertAfterTheHandshakeIsTheClients() {
        var failure = new SSLException("Received fatal alert: internal_error");

        assertThat(GrizzlyEnd.of(new CloseReason(CloseType.LOCALLY, failure), null)
                        .fault()
                        .type())
                .isEqualTo("client_alert_internal_error");
    }

    @Test
    void requestSentAheadOfAnEndThatTheServerChoseIsNoTimeout() {
        assertThat(GrizzlyEnd.of(CloseReason.LOCALLY_CLOSED_REASON, null)
                        .lateFault()
                        .type())
                .isEqualTo(Reason.SERVER_ERROR.id());
    }

    private static CloseReason remotely(IOException cause) {
        return new CloseReason(CloseType.REMOTELY, cause);
    }
}
