package io.certrail.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.tlog.SignerKey;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {
    /** The witness key of C2SP tlog-cosignature's form, of an Ed25519 key made for this test. */
    private static final String NO_COSIGNER =
            SignerKey.generate("witness.example/w1").verifierKey().text();

    @Test
    void eachKindIsRead() {
        assertThat(Target.parse("stdout")).isEqualTo(new Target.Stdout());
        assertThat(Target.parse("file:/mnt/worm/../notes")).isEqualTo(new Target.File(Path.of("/mnt/notes")));
        assertThat(Target.parse("syslog:logs.example.com:6514")).isEqualTo(new Target.Syslog("logs.example.com", 6514));
        assertThat(Target.parse("syslog:[2001:db8::1]:6514")).isEqualTo(new Target.Syslog("2001:db8::1", 6514));
    }

    @ParameterizedTest
    @CsvSource({
        "'', 'stdout, file:'",
        "mail:a@b, 'stdout, file:'",
        "stdout:x, 'stdout, without'",
        "file:notes, 'file: and an absolute path'",
        "file:/, 'file: and an absolute path'",
        "file:, 'file: and an absolute path'",
        "syslog:logs.example.com, 'syslog:host:port'",
        "syslog:logs.example.com:0, 'a port from 1 to 65535'",
        "syslog:logs.example.com:99999, 'a port from 1 to 65535'",
        "syslog:host:x, 'syslog:host:port'",
        "witness:https://w.example/, 'the key that its cosignatures are verified by'",
        "witness:https://w.example/#key, 'after the # a verifier key'"
    })
    void whatIsNoneIsToldWithWhatWasExpected(String text, String expected) {
        assertThatThrownBy(() -> Target.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(expected);
    }

    @Test
    void keyOfALogIsNoWitnessKey() {
        assertThatThrownBy(() -> Target.parse("witness:https://w.example/#" + NO_COSIGNER))
                .hasMessageContaining("(type 0x04)");
    }
}
