package io.certrail.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.tlog.SignerKey;
import io.certrail.trail.CheckpointOptions;
import io.certrail.trail.KeyReplacement;
import io.certrail.trail.TrailFiles;
import io.certrail.verify.SampleTrail;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The commands on a real trail, as a user runs them. */
class TrailCommandsTest {
    @TempDir
    static Path parent;

    @BeforeAll
    static void record() throws IOException {
        SampleTrail.live(trail(), 20);
        Files.copy(trail().resolve("key.pub"), parent.resolve("kept.pub"));
        Files.copy(trail().resolve("checkpoint"), parent.resolve("kept.note"));
        KeyReplacement.replace(TrailFiles.onDisk(), trail(), CheckpointOptions.defaults());
        SampleTrail.live(trail(), 10);
    }

    private static Path trail() {
        return parent.resolve("trail");
    }

    private static String in(String name) {
        return parent.resolve(name).toString();
    }

    @Test
    void goodTrailIsIntactAndComplete() {
        CommandRun run = CommandRun.of(
                "verify", in("trail"), "--key", in("kept.pub"), "--checkpoint", in("kept.note"), "--threads", "1");

        assertThat(run.out()).containsPattern("intact +yes\n").containsPattern("complete +yes\n");
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
    }

    /** As the trail's first checkpoint is kept in each of the places that it may be sent to. */
    private static Path kept(String name, String... parts) throws IOException {
        return Files.writeString(parent.resolve(name), String.join("", parts));
    }

    private static CommandRun verifyWith(Path kept) {
        return CommandRun.of("verify", in("trail"), "--key", in("kept.pub"), "--checkpoint", kept.toString());
    }

    @Test
    void checkpointsAreTakenFromALogOfSyslogAndOfAnOutput() throws IOException {
        String note = Files.readString(parent.resolve("kept.note"));
        String base64 = Base64.getEncoder().encodeToString(note.getBytes(UTF_8));
        String json = Json.createValue(note).toString();
        for (String line : List.of(
                "<109>1 2026-11-26T21:00:00Z vm certrail 1 checkpoint [certrail@32473 origin=\"x\" note=\"" + base64
                        + "\"] sealed",
                "{\"time\":\"2026-11-26T21:00:00Z\",\"certrail\":\"checkpoint\",\"size\":1,\"note\":" + json + "}",
                "Nov 26 21:00:00 vm app: {\"certrail\":\"checkpoint\",\"note\":" + json + "}")) {
            CommandRun run = verifyWith(kept("some.log", "another's line\n\n", line + "\n", "— and \"one\" more\n"));
            assertThat(run.err()).isEmpty();
            assertThat(run.status()).isZero();
        }
    }

    @Test
    void lineOfAContainerThatNoParserTakesHidesNoCheckpoint() throws IOException {
        String note = Files.readString(parent.resolve("kept.note"));
        String line = "{\"certrail\":\"checkpoint\",\"note\":" + Json.createValue(note) + "}\n";
        CommandRun run = verifyWith(kept("container.log", "{\"log\":", "[".repeat(2000), "\n", line));

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
    }

    @Test
    void checkpointsOfOtherTrailsInALogArePassedOver() throws IOException {
        String note = Files.readString(parent.resolve("kept.note"));
        String own = "{\"certrail\":\"checkpoint\",\"note\":" + Json.createValue(note) + "}\n";
        String other = "{\"certrail\":\"checkpoint\",\"note\":" + Json.createValue("other/" + note) + "}\n";

        assertThat(verifyWith(kept("some.log", other, own, other)).status()).isZero();
        CommandRun none = verifyWith(kept("some.log", other, other));
        assertThat(none.err()).contains("holds no checkpoint of ", ", but of other/");
        assertThat(none.status()).isEqualTo(2);
    }

    @Test
    void whoseOutputIsReadNoMoreEnds() {
        BrokenOutput output = new BrokenOutput();
        assertThat(output.run("show", "0-20", in("trail")).status()).isEqualTo(ExitStatus.UNREADABLE);
        assertThat(output.writes()).isEqualTo(1);
        assertThat(new BrokenOutput().run("prove", "0", in("trail")).status()).isEqualTo(ExitStatus.UNREADABLE);
        assertThat(new BrokenOutput().run("tail", "-f", in("trail")).status()).isEqualTo(ExitStatus.UNREADABLE);
    }

    @Test
    void keyThatIsNoneIsToldWithItsFile() throws IOException {
        Path file = Files.write(parent.resolve("binary.pub"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        CommandRun run = CommandRun.of("verify", in("trail"), "--key", file.toString());

        assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(run.err()).contains("--key: " + file + ": ");
    }

    @Test
    void keyOfTheTrailThatIsNoneIsToldWithItsFile() throws IOException {
        Path broken = parent.resolve("broken");
        Files.createDirectories(broken.resolve("entries"));
        byte[] key = Files.readAllBytes(parent.resolve("kept.pub"));
        key[3] ^= (byte) 0x80;
        Path file = Files.write(broken.resolve("key.pub"), key);

        for (CommandRun run : List.of(
                CommandRun.of("verify", broken.toString()),
                CommandRun.of("verify", broken.toString(), "--checkpoint", in("kept.note")))) {
            assertThat(run.status()).isEqualTo(ExitStatus.UNREADABLE);
            assertThat(run.err()).contains(file + ": ");
        }
    }

    /** As {@code --key <(ssh host cat key.pub)} gives it. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void keyMayComeByAPipe() throws Exception {
        Path pipe = parent.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        byte[] key = Files.readAllBytes(parent.resolve("kept.pub"));
        CompletableFuture<Path> written = CompletableFuture.supplyAsync(() -> {
            try {
                return Files.write(pipe, key);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        CommandRun run =
                CommandRun.of("verify", in("trail"), "--key", pipe.toString(), "--checkpoint", in("kept.note"));
        written.get();

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
    }

    @Test
    void noteThatWasCutShortSpoilsNoOther() throws IOException {
        String note = Files.readString(parent.resolve("kept.note"));
        int signed = note.indexOf("\n\n");
        for (int cut : new int[] {20, signed + 1, signed + 2, signed + 40, note.length() - 9, note.length() - 1}) {
            String rest = note.substring(0, cut);
            String gap = rest.endsWith("\n\n") ? "" : "\n\n";
            CommandRun run = verifyWith(kept("notes", note, "\n", rest, gap, note, "\n"));
            assertThat(run.out()).as("cut at " + cut).containsPattern("intact +yes\n");
            assertThat(run.status()).isZero();
            assertThat(run.err().contains("no whole note")).as("cut at " + cut).isEqualTo(cut < note.length() - 1);
        }
    }

    @Test
    void noteOfAnotherTrailAmongOthersIsFound() throws IOException {
        String note = Files.readString(parent.resolve("kept.note"));
        String changed = note.replaceFirst("\n[0-9]+\n", "\n3\n");
        CommandRun run = verifyWith(kept("notes", note, "\n", changed, "\n"));
        assertThat(run.out()).contains("CHECKPOINT_REJECTED");
        assertThat(run.status()).isOne();
    }

    @Test
    void logThatHasLostTheNotesSaysSo() throws IOException {
        CommandRun run = verifyWith(kept(
                "bare.log",
                "Nov 26 21:00:00 vm certrail[1] checkpoint checkpoint of the audit trail: 75 records, root x\n"));
        assertThat(run.err()).contains("has to keep structured data");
        assertThat(run.status()).isEqualTo(2);
    }

    @Test
    void fileWithoutANoteIsRefused() throws IOException {
        CommandRun run = verifyWith(kept("empty.note", "no note\n\nat all\n"));
        assertThat(run.err()).contains("holds no signed note");
        assertThat(run.status()).isEqualTo(2);
    }

    @Test
    void withoutAKeyTheFolderVouchesForItselfAndThatIsSaid() {
        CommandRun run = CommandRun.of("verify", in("trail"));

        assertThat(run.err()).contains("WARNING", "vouches for itself");
        assertThat(run.status()).isZero();
    }

    @Test
    void wrongKeyIsAFindingInJsonToo() {
        String other = SignerKey.generate(SampleTrail.ORIGIN).verifierKey().text();
        CommandRun run = CommandRun.of("verify", in("trail"), "--key", other, "--format", "json");
        JsonObject report = Json.createReader(new StringReader(run.out())).readObject();

        assertThat(run.status()).isEqualTo(ExitStatus.FINDINGS);
        assertThat(report.getBoolean("intact")).isFalse();
        assertThat(report.getJsonObject("counts").keySet()).contains("key_differs", "checkpoint_rejected");
        assertThat(report.getJsonArray("findings").getJsonObject(0).getString("advice"))
                .isNotEmpty();
    }

    @Test
    void verificationMayBeginLater() {
        CommandRun run = CommandRun.of("verify", in("trail"), "--key", in("kept.pub"), "--since", "50");

        assertThat(run.out()).contains("from 50,");
        assertThat(run.status()).isZero();
    }

    @Test
    void verificationMayBeginWithATimeAndKnowHowLongSilenceMayBe() {
        CommandRun all = CommandRun.of("verify", in("trail"), "--since", "2020-01-01T00:00:00Z", "--idle", "90s");
        CommandRun none = CommandRun.of("verify", in("trail"), "--since", "2120-01-01T00:00:00Z");
        CommandRun beyond = CommandRun.of("verify", in("trail"), "--since", "4711");

        assertThat(all.status()).isZero();
        assertThat(all.out()).contains("from 0,");
        assertThat(none.status()).isZero();
        assertThat(beyond.status()).isEqualTo(ExitStatus.UNREADABLE);
        assertThat(beyond.err()).contains("From record 4711 on there is nothing to verify yet");
        for (String idle : new String[] {"soon", "0s", "-5m", ""}) {
            CommandRun run = CommandRun.of("verify", in("trail"), "--idle=" + idle);
            assertThat(run.status()).as(idle).isEqualTo(ExitStatus.USAGE);
            assertThat(run.err()).contains("--idle: expected a time as 90s, 10m, 1h, 7d or PT1H, not " + idle);
        }
    }

    @Test
    void argumentsThatCannotBeMeantAreRefused() {
        assertThat(CommandRun.of("verify", in("trail"), "--key", "nonsense").status())
                .isEqualTo(ExitStatus.USAGE);
        assertThat(CommandRun.of("verify", in("trail"), "--since", "yesterday").status())
                .isEqualTo(ExitStatus.USAGE);
        assertThat(CommandRun.of("verify", in("trail"), "--threads", "200000").status())
                .isEqualTo(ExitStatus.USAGE);
        assertThat(CommandRun.of("show", "7-3", in("trail")).status()).isEqualTo(ExitStatus.USAGE);
        assertThat(CommandRun.of("show", "x", in("trail")).status()).isEqualTo(ExitStatus.USAGE);
        assertThat(CommandRun.of("verify", in("nowhere")).status()).isEqualTo(ExitStatus.UNREADABLE);
        assertThat(CommandRun.of("verify", in("nowhere")).err()).contains("holds no trail");
    }

    @Test
    void recordIsProvedToWhoeverHasTheKey() throws IOException {
        assertThat(CommandRun.of("prove", "7", in("trail"), "-o", in("7.proof")).status())
                .isZero();
        CommandRun good = CommandRun.of("check", in("7.proof"), "--key", in("kept.pub"));

        assertThat(good.status()).isZero();
        assertThat(good.out()).contains("\"sequence\":7}}");
        Path forged = parent.resolve("forged.proof");
        Files.writeString(forged, Files.readString(parent.resolve("7.proof")).replace("shop.example", "evil.example"));
        CommandRun bad = CommandRun.of("check", forged.toString(), "--key", in("kept.pub"));
        assertThat(bad.status()).isEqualTo(ExitStatus.FINDINGS);
        assertThat(bad.err()).contains("does not hold");
        String other = SignerKey.generate(SampleTrail.ORIGIN).verifierKey().text();
        assertThat(CommandRun.of("check", in("7.proof"), "--key", other).status())
                .isEqualTo(ExitStatus.FINDINGS);
        assertThat(CommandRun.of("prove", "7000", in("trail")).err()).contains("not sealed");
    }

    @Test
    void recordsAreShownHarmlessly() throws IOException {
        CommandRun all = CommandRun.of("tail", "-n", "1000", "--failures", in("trail"));
        CommandRun one = CommandRun.of("show", "1", in("trail"));

        assertThat(all.out().lines()).hasSize(6).allMatch(line -> line.contains("tls.handshake  failure  unknown_ca"));
        assertThat(one.out()).contains("event.name: tls.handshake", "audit.sequence: 1");
        assertThat(HarmlessText.of("a\u202Eb\u001b[31mc\u2028\u00e9")).isEqualTo("a\\u202eb\\u001b[31mc\\u2028\u00e9");
    }
}
