package io.certrail.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsOptionsTest {
    @TempDir
    Path folder;

    @Test
    void filesThatAreRightGiveAContext() throws Exception {
        assertThat(TestTls.in(folder).optionsWithKey().context()).isNotNull();
        assertThat(TlsOptions.USUAL.context()).isNotNull();
    }

    @Test
    void fileThatIsWrongIsNamed() throws Exception {
        TestTls tls = TestTls.in(folder);
        Path empty = Files.createFile(folder.resolve("empty"));
        Path missing = folder.resolve("missing");
        Path garbage = Files.writeString(
                folder.resolve("garbage"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

        assertThatThrownBy(() -> new TlsOptions(empty, null, null).context())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(empty + " has no certificate");
        assertThatThrownBy(() -> new TlsOptions(garbage, null, null).context())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(garbage + " is not a PEM file");
        assertThatThrownBy(() -> new TlsOptions(missing, null, null).context())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(missing.toString());
        assertThatThrownBy(() -> new TlsOptions(null, tls.keyStore(), empty).context())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(tls.keyStore() + " cannot be opened with the password in " + empty);
    }

    @Test
    void keyStoreAndPasswordGoTogether() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TlsOptions(null, folder, null));
        assertThatIllegalArgumentException().isThrownBy(() -> new TlsOptions(null, null, folder));
    }
}
