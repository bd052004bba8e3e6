package io.certrail.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.tlog.Checkpoint;
import io.certrail.tlog.Hash;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SyslogMessageTest {
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678901234Z");

    @Test
    void messageIsFramedByItsOctets() {
        PublishedCheckpoint checkpoint = published("log.example/a");
        String frame = new String(new SyslogMessage("host.example", 42).frame(checkpoint, TIME), UTF_8);
        String message = frame.substring(frame.indexOf(' ') + 1);

        assertThat(frame).startsWith(message.getBytes(UTF_8).length + " <109>1 ");
        assertThat(message)
                .isEqualTo("<109>1 2026-01-02T03:04:05.678901Z host.example certrail 42 checkpoint "
                        + "[certrail@32473 origin=\"log.example/a\" size=\"0\" root=\"" + Hash.EMPTY_ROOT + "\" note=\""
                        + Base64.getEncoder().encodeToString("note\u2014\n".getBytes(UTF_8))
                        + "\"] checkpoint of the audit trail: 0 records, root " + Hash.EMPTY_ROOT);
    }

    @Test
    void whatEndsAParameterIsEscapedAndOctetsAreNotCharacters() {
        String frame = new String(new SyslogMessage("h", 1).frame(published("a\"b]c\\d\u00e4"), TIME), UTF_8);

        assertThat(frame).contains("origin=\"a\\\"b\\]c\\\\d\u00e4\" size");
        assertThat(Integer.parseInt(frame.substring(0, frame.indexOf(' '))))
                .isEqualTo(frame.substring(frame.indexOf(' ') + 1).length() + 1);
    }

    @Test
    void hostWithoutAPrintableNameIsNil() {
        assertThat(new SyslogMessage(" \u00e4\n", 1).host()).isEqualTo("-");
        assertThat(new SyslogMessage("a b", 1).host()).isEqualTo("ab");
        assertThat(new SyslogMessage("x".repeat(300), 1).host()).hasSize(255);
    }

    private static PublishedCheckpoint published(String origin) {
        return new PublishedCheckpoint(new Checkpoint(origin, 0, Hash.EMPTY_ROOT, List.of()), "note\u2014\n");
    }
}
