package io.certrail.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.index.RecordFilter;
import io.certrail.servlet.FakeExchange;
import io.certrail.trail.PlainChronicle;
import io.certrail.trail.Trail;
import io.certrail.trail.TrailAssert;
import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailMeter;
import io.certrail.trail.TrailOptions;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trail of one record, number 0. */
class LiveStreamTest {
    @TempDir
    Path folder;

    @Test
    void readerThatIsCutOffBeforeTheFirstRecordKnowsWhereToGoOn() throws IOException {
        assertThat(begun(1)).isEqualTo("id: 0\n\n");
    }

    @Test
    void streamFromTheFirstRecordBeginsWithoutAnId() throws IOException {
        assertThat(begun(0)).startsWith(":\n\n");
    }

    /** What a reader gets before anything else happens. */
    private String begun(long from) throws IOException {
        Out out = new Out();
        try (Trail trail = Trail.open(
                TrailOptions.of(folder),
                TrailFiles.onDisk(),
                Clock.systemUTC(),
                new PlainChronicle(),
                TrailMeter.NONE)) {
            TrailAssert.awaitLines(folder, 1);
            RecordFilter all = FilterParameters.ownRecords(new Parameters(Map.of()));
            FakeExchange exchange = new FakeExchange();
            LiveStream stream = new LiveStream(exchange.request.startAsync(), out, all, folder, from);
            stream.onWritePossible();
            stream.pump(trail.durable(), System.nanoTime());
            stream.stop();
        }
        return out.text.toString().replaceFirst("event: stopped\n.*\n\n$", "");
    }

    /** Takes all. */
    private static final class Out extends ServletOutputStream {
        final StringBuilder text = new StringBuilder();

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {}

        @Override
        public void write(int b) {
            text.append((char) b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            text.append(new String(bytes, offset, length, StandardCharsets.UTF_8));
        }
    }
}
