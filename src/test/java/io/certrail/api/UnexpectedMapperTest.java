package io.certrail.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.event.Fault;
import io.certrail.event.Reason;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UnexpectedMapperTest {
    private static final IOException CUT = new IOException("Connection is closed");

    @ParameterizedTest
    @CsvSource({"REQUEST_TIMEOUT, 408", "CLIENT_ABORTED, 400", "CLIENT_RESET, 400", "SERVER_ERROR, 500"})
    void bodyOfWhichTheRestNeverCameIsNothingUnexpected(Reason told, int status) {
        assertThat(UnexpectedMapper.status(Fault.of(told), CUT)).isEqualTo(status);
        assertThat(UnexpectedMapper.status(Fault.of(told), new IllegalStateException(CUT)))
                .isEqualTo(status);
    }

    @Test
    void whatFailsForReasonsOfItsOwnIsUnexpectedAlsoWhereTheClientIsGone() {
        assertThat(UnexpectedMapper.status(null, CUT)).isEqualTo(500);
        assertThat(UnexpectedMapper.status(Fault.of(Reason.CLIENT_RESET), new IllegalStateException("a bug")))
                .isEqualTo(500);
    }
}
