package io.certrail.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.tlog.Checkpoint;
import io.certrail.tlog.Hash;
import io.certrail.trail.CheckpointCause;
import io.certrail.trail.CheckpointCounts;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class BootCheckTest {
    private final Findings findings = new Findings();
    private final BootCheck boot = new BootCheck("boot", true, Place.file("entries"), new Kinds(), findings);

    /** One of a rotation counts a connection of the segment after it; copies of those before may be looked at later. */
    @Test
    void checkpointsOfOneSizeMayComeInAnyOrder() {
        check(known(5, 3, false));
        check(known(5, 2, true));
        check(known(5, 2, false));
        assertThat(findings.kept()).isEmpty();
    }

    @Test
    void fewerConnectionsAtAGreaterSizeAreFound() {
        check(known(5, 3, false));
        check(known(6, 2, true));
        assertFewer();
    }

    @Test
    void fewerConnectionsAreFoundBehindACheckpointOfTheSameSize() {
        check(known(100, 10, false));
        check(known(100, 0, false));
        check(known(101, 0, false));
        assertFewer();
    }

    @Test
    void fewerConnectionsThanACheckpointFromOutsideToldAreFound() {
        check(known(100, 10, true));
        check(known(101, 0, false));
        assertFewer();
    }

    @Test
    void fewerConnectionsAreFoundAlsoAfterSeveralSizes() {
        check(known(100, 10, false));
        check(known(101, 10, true));
        check(known(101, 0, true));
        check(known(102, 9, false));
        assertFewer();
    }

    private void assertFewer() {
        assertThat(findings.kept())
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.kind()).isEqualTo(FindingKind.COUNTS_DIFFER))
                .anySatisfy(finding -> assertThat(finding.detail()).endsWith("fewer connections numbered than before"));
    }

    private void check(Known known) {
        boot.checkpoint(known, known.counts());
    }

    private static Known known(long size, long numbered, boolean outside) {
        var counts = new CheckpointCounts(
                Instant.EPOCH,
                "boot",
                CheckpointCause.INTERVAL,
                new CheckpointCounts.Connections(numbered, numbered, 0, 0, 0, 0, 0, numbered),
                new CheckpointCounts.Requests(0, 0, 0, 0, 0),
                new TreeMap<>());
        return new Known(
                Place.file("checkpoint"),
                new Checkpoint("certrail.example", size, Hash.EMPTY_ROOT, List.of()),
                counts,
                outside);
    }
}
