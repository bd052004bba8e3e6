package io.certrail.deployment;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CertrailListenerTest {
    @Test
    void applicationWithoutCdiIsToldWhatItLacks() {
        assertThatThrownBy(() -> new CertrailListener().contextInitialized(null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("CTR0404 ")
                .hasMessageContaining("no CDI")
                .hasMessageContaining("weld-servlet-shaded");
    }
}
