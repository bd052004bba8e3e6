package io.certrail.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.tlog.KeyChain;
import io.certrail.tlog.VerifierKey;
import io.certrail.trail.CheckpointOptions;
import io.certrail.trail.KeyReplacement;
import io.certrail.trail.RecordCounts;
import io.certrail.trail.TrailFiles;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a verification keeps of a trail does not grow with what somebody writes into it. */
final class BoundsTest {
    @TempDir
    Path folder;

    @Test
    void kindsAreAsManyAsTheWriterTellsApart() {
        Kinds kinds = new Kinds();
        kinds.met("http.request:success").add();
        for (int i = 0; i < 10_000; i++) {
            kinds.met("kind" + i + ":success").add();
        }
        kinds.met("http.request:success").add();

        assertThat(kinds.counts())
                .hasSize(RecordCounts.MAX_KINDS + 1)
                .containsEntry("http.request:success", 2L)
                .containsEntry(RecordCounts.OTHER, 10_001L - RecordCounts.MAX_KINDS);
    }

    /** Of all lives together, and also where the first ones were retired. */
    @Test
    void kindsOfSeveralLivesAreToldApartAsTheWriterDoes() {
        RecordCounts first = new RecordCounts();
        Kinds kinds = new Kinds();
        count(first, kinds, 0, 200);
        RecordCounts second = new RecordCounts(first.counts());
        count(second, kinds, 100, 300);

        assertThat(kinds.counts()).hasSize(RecordCounts.MAX_KINDS + 1).isEqualTo(second.counts());

        RecordCounts third = new RecordCounts(second.counts());
        Kinds later = new Kinds();
        later.begin(second.counts());
        count(third, later, 250, 350);
        assertThat(later.counts()).isEqualTo(third.counts());
    }

    private static void count(RecordCounts counts, Kinds kinds, int from, int to) {
        for (int i = from; i < to; i++) {
            byte[] line = ("{\"time\":\"2026-11-27T12:00:00.000000Z\",\"schema\":\"1\",\"event\":{\"name\":\"kind" + i
                            + "\",\"outcome\":\"success\"}}")
                    .getBytes(UTF_8);
            counts.line(line, 0, line.length);
            kinds.met("kind" + i + ":success").add();
        }
    }

    @Test
    void kindThatIsLongerThanThoseOfRecordsIsAnother() {
        Kinds kinds = new Kinds();
        kinds.met("x".repeat(RecordCounts.MAX_WORD + 1)).add();

        assertThat(kinds.counts()).containsOnlyKeys(RecordCounts.OTHER);
    }

    @Test
    void detailOfAFindingIsCutWhenItIsKept() {
        Findings findings = new Findings();
        findings.add(FindingKind.DECLARED_LOSS, Place.TRAIL, "x".repeat(1_000_000));
        findings.add(FindingKind.DECLARED_LOSS, Place.TRAIL, "x".repeat(1999) + "\uD83D\uDE00".repeat(9));

        assertThat(findings.kept())
                .extracting(Finding::detail)
                .containsExactly("x".repeat(2000) + "\u2026", "x".repeat(1999) + "\u2026");
    }

    @Test
    void requestsWithVeryLongIdsAreToldApartWithoutKeepingThem() {
        String begin = "x".repeat(1_000_000);

        assertThat(request(begin + "1"))
                .hasSizeLessThan(1000)
                .isEqualTo(request(begin + "1"))
                .isNotEqualTo(request(begin + "2"));
        assertThat(request("7")).isEqualTo("c 7");
    }

    private static String request(String id) {
        byte[] line = ("{\"mtls\":{\"connection\":{\"id\":\"c\"}},\"http\":{\"request\":{\"id\":\"" + id + "\"}}}")
                .getBytes(UTF_8);
        return AuditDetails.request(line, 0, line.length);
    }

    /** The first that does not follow is the last that is looked at, however many lie there. */
    @Test
    void noteOfARotationIsReadWhenItIsItsTurn() throws IOException {
        SampleTrail.live(folder, 3);
        KeyReplacement.replace(TrailFiles.onDisk(), folder, CheckpointOptions.defaults());
        for (int i = 2; i < 50; i++) {
            Files.writeString(folder.resolve(String.format("keys/%06d.note", i)), "no note");
        }
        VerifierKey first =
                VerifierKey.parse(Files.readString(folder.resolve("key.pub")).strip());
        AtomicInteger read = new AtomicInteger();
        Findings findings = new Findings();
        KeyChain chain = Keys.chain(counting(read), folder, first, findings);

        assertThat(chain.current()).isNotEqualTo(first);
        assertThat(findings.counts()).containsOnlyKeys(FindingKind.KEY_ROTATION_REJECTED);
        assertThat(read).hasValue(2);
    }

    /** The disk, and how many notes were read. */
    private static TrailFiles counting(AtomicInteger read) {
        TrailFiles disk = TrailFiles.onDisk();
        return (TrailFiles) Proxy.newProxyInstance(
                TrailFiles.class.getClassLoader(), new Class<?>[] {TrailFiles.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("read")
                            && arguments[0].toString().endsWith(".note")) {
                        read.incrementAndGet();
                    }
                    try {
                        return method.invoke(disk, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
