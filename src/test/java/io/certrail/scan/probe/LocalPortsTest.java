package io.certrail.scan.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LocalPortsTest {
    private static final int MANY = 2_000; // of some 28,000, so that some sixty would come twice

    @Test
    void noPortIsGivenTwiceThoughItIsFreeAgain() throws Exception {
        var ports = new LocalPorts();
        Set<Integer> given = new HashSet<>();
        for (int i = 0; i < MANY; i++) {
            try (SocketChannel channel = ports.open()) {
                given.add(channel.socket().getLocalPort());
            }
        }
        assertThat(given).hasSize(MANY);
    }
}
