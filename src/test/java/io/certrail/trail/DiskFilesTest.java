package io.certrail.trail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFilesTest {
    private static final int BEFORE = 5_000;
    private static final int MOST = 20_000;
    private static final int LISTINGS = 20;

    @TempDir
    Path folder;

    /** A folder is read piece by piece: with one made meanwhile there must be those that were made before it. */
    @Test
    void listingHasNoHolesWhileFilesAreMade() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        for (int i = 0; i < BEFORE; i++) {
            make(i);
        }
        Thread maker = new Thread(() -> {
            for (int i = BEFORE; i < MOST && !enough.get(); i++) {
                make(i);
            }
        });
        maker.start();
        try {
            for (int i = 0; i < LISTINGS; i++) {
                List<SegmentName> names = SegmentName.list(TrailFiles.onDisk(), folder);
                assertThat(names.stream().map(SegmentName::first).toList())
                        .hasSizeGreaterThanOrEqualTo(BEFORE)
                        .containsExactlyElementsOf(
                                LongStream.range(0, names.size()).boxed().toList());
            }
        } finally {
            enough.set(true);
            maker.join();
        }
    }

    private void make(long first) {
        try {
            Files.createFile(SegmentName.of(folder, first).file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
