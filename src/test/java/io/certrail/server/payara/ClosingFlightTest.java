package io.certrail.server.payara;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.memory.ByteBufferWrapper;
import org.junit.jupiter.api.Test;

class ClosingFlightTest {
    private static final int HANDSHAKE = 22;
    private static final int ALERT = 21;
    private static final int DATA = 23;
    private static final int ALERT_1_3 = 19;
    private static final int PADDED = 35;

    @Test
    void dataBeforeAnAlertIsSeenInBothVersions() {
        assertThat(bringsData(new Flight().add(DATA, 400).add(ALERT, 26))).isTrue();
        assertThat(bringsData(new Flight().add(DATA, 400).add(DATA, ALERT_1_3))).isTrue();
        assertThat(bringsData(new Flight().add(DATA, 400).add(DATA, PADDED))).isTrue();
        assertThat(bringsData(new Flight().add(DATA, 400).add(DATA, PADDED).add(DATA, PADDED)))
                .isTrue();
        assertThat(bringsData(new Flight().add(DATA, 400).add(DATA, 70).add(DATA, ALERT_1_3)))
                .isTrue();
        assertThat(bringsData(new Flight().add(DATA, ALERT_1_3).add(DATA, 80).add(ALERT, 26)))
                .isTrue();
    }

    @Test
    void howMuchItIsIsToldOfAllRecordsTogether() {
        assertThat(dataBrought(new Flight().add(DATA, 124).add(DATA, 24 + 17).add(ALERT, 26)))
                .isEqualTo(117);
        assertThat(dataBrought(new Flight().add(DATA, 18).add(DATA, ALERT_1_3))).isEqualTo(1);
        assertThat(dataBrought(new Flight().add(DATA, 400))).isZero();
    }

    private static int dataBrought(Flight flight) {
        byte[] bytes = flight.bytes();
        return ClosingFlight.dataBrought(buffer(bytes), 0, bytes.length);
    }

    @Test
    void anythingElseIsNot() {
        assertThat(bringsData(new Flight())).isFalse();
        assertThat(bringsData(new Flight().add(DATA, 400))).isFalse();
        assertThat(bringsData(new Flight().add(ALERT, 26))).isFalse();
        assertThat(bringsData(new Flight().add(DATA, ALERT_1_3))).isFalse();
        assertThat(bringsData(new Flight().add(DATA, PADDED).add(DATA, PADDED))).isFalse();
        assertThat(bringsData(new Flight().add(ALERT, 26).add(DATA, 400))).isFalse();
        assertThat(bringsData(new Flight().add(24, 400).add(ALERT, 26))).isFalse();
        assertThat(bringsData(new Flight().add(HANDSHAKE, 400).add(ALERT, 26))).isFalse();
        assertThat(bringsData(new Flight().add(DATA, ALERT_1_3).add(DATA, ALERT_1_3)))
                .isFalse();
    }

    @Test
    void cutRecordsAreNot() {
        byte[] whole = new Flight().add(DATA, 400).add(ALERT, 26).bytes();
        for (int length = 0; length < whole.length; length++) {
            assertThat(ClosingFlight.bringsData(buffer(whole), 0, length))
                    .as("%d bytes", length)
                    .isFalse();
        }
        assertThat(ClosingFlight.bringsData(buffer(whole), -1, whole.length)).isFalse();
        assertThat(ClosingFlight.bringsData(buffer(whole), 3, whole.length)).isFalse();
    }

    private static boolean bringsData(Flight flight) {
        byte[] bytes = flight.bytes();
        return ClosingFlight.bringsData(buffer(bytes), 0, bytes.length);
    }

    private static Buffer buffer(byte[] bytes) {
        return new ByteBufferWrapper(ByteBuffer.wrap(bytes));
    }

    /** Records that follow each other. */
    private static final class Flight {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Flight add(int type, int length) {
            bytes.write(type);
            bytes.write(3);
            bytes.write(3);
            bytes.write(length >> 8);
            bytes.write(length);
            bytes.writeBytes(new byte[length]);
            return this;
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }
    }
}
