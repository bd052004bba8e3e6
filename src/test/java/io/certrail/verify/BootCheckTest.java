package io.certrail.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.tlog.Checkpoint;
import io.certrail.tlog.Hash;
import io.certrail.trail.CheckpointCause;
import io.certrail.trail.CheckpointCounts;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource({
        "connections numbered, 8 9 5, 9 5",
        "connections accepted, 9 8 5, 9 5",
        "connections lost, 9 9 4, 9 5",
        "requests begun, 9 9 5, 8 5",
        "requests lost, 9 9 5, 9 4",
    })
    void whatBecomesLessIsFound(String what, String connections, String requests) {
        check(known(5, "9 9 5", "9 5", true));
        check(known(6, "9 9 5", "9 5", false));
        assertThat(findings.kept()).isEmpty();
        check(known(7, connections, requests, false));
        assertThat(findings.kept()).extracting(Finding::detail).anySatisfy(detail -> assertThat(detail)
                .endsWith("fewer " + what + " than before"));
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
        return known(size, numbered + " " + numbered + " 0", "0 0", outside);
    }

    /**
     * One of which nothing is on record.
     *
     * @param connections numbered, accepted, lost; the others are open
     * @param requests begun, lost; likewise
     */
    private static Known known(long size, String connections, String requests, boolean outside) {
        long[] ofConnections = numbers(connections);
        long[] ofRequests = numbers(requests);
        long numbered = ofConnections[0];
        long accepted = ofConnections[1];
        long lost = ofConnections[2];
        long begun = ofRequests[0];
        long requestsLost = ofRequests[1];
        var counts = new CheckpointCounts(
                Instant.EPOCH,
                "boot",
                CheckpointCause.INTERVAL,
                new CheckpointCounts.Connections(accepted, numbered, 0, 0, 0, 0, lost, accepted - lost),
                new CheckpointCounts.Requests(begun, 0, 0, requestsLost, begun - requestsLost),
                new TreeMap<>());
        return new Known(
                Place.file("checkpoint"),
                new Checkpoint("certrail.example", size, Hash.EMPTY_ROOT, List.of()),
                counts,
                outside);
    }

    private static long[] numbers(String words) {
        return Stream.of(words.split(" ")).mapToLong(Long::parseLong).toArray();
    }
}
