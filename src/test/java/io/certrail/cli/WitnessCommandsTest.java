package io.certrail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.tlog.TestWitness;
import io.certrail.tlog.VerifierKey;
import io.certrail.trail.CheckpointHistory;
import io.certrail.verify.SampleTrail;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands with the key of a witness that cosigned a real trail's first records. */
class WitnessCommandsTest {
    private static final TestWitness WITNESS = new TestWitness();

    @TempDir
    static Path parent;

    private static String trail;
    private static String key;
    private static String witness;
    private static long sealed;

    @BeforeAll
    static void record() throws IOException {
        Path folder = parent.resolve("trail");
        SampleTrail.live(folder, 20);
        trail = folder.toString();
        key = Files.readString(folder.resolve("key.pub")).strip();
        witness = WITNESS.verifierKey();
        String checkpoint = Files.readString(folder.resolve("checkpoint"));
        sealed = Long.parseLong(checkpoint.lines().skip(1).findFirst().orElseThrow());
        Path note =
                CheckpointHistory.cosigned(folder, VerifierKey.parse(witness).id());
        Files.createDirectories(note.getParent());
        Files.writeString(
                note, checkpoint + WITNESS.cosignature(checkpoint.substring(0, checkpoint.indexOf("\n\n") + 1)));
        SampleTrail.live(folder, 10);
    }

    private static String id() {
        return VerifierKey.parse(witness).id().toString();
    }

    @Test
    void verifyTellsWhatTheWitnessVouchesFor() throws IOException {
        Path file = Files.writeString(parent.resolve("witness.pub"), witness + "\n");

        CommandRun text = CommandRun.of("verify", trail, "--key", key, "--witness", file.toString());
        assertThat(text.out())
                .containsPattern("witnessed +" + sealed + " records, at 20\\S+Z by " + id().replace("+", "\\+") + "\n")
                .containsPattern("intact +yes\n");
        assertThat(text.status()).isZero();

        CommandRun json = CommandRun.of("verify", trail, "--key", key, "--witness", witness, "--format", "json");
        JsonObject told = Json.createReader(new StringReader(json.out()))
                .readObject()
                .getJsonArray("witnessed")
                .getJsonObject(0);
        assertThat(told.getString("witness")).isEqualTo(id());
        assertThat(told.getJsonNumber("size").longValue()).isEqualTo(sealed);
        assertThat(told.getString("time")).startsWith("20").endsWith("Z");
    }

    @Test
    void witnessThatCosignedNothingIsAWarning() {
        String other = new TestWitness().verifierKey();

        CommandRun run = CommandRun.of("verify", trail, "--key", key, "--witness", witness, "--witness", other);

        assertThat(run.out())
                .contains("WARNING NOT_WITNESSED\n    by "
                        + VerifierKey.parse(other).id());
        assertThat(run.out()).containsPattern("witnessed +" + sealed);
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void proofThatAWitnessCosignedIsCheckedWithItsKey() {
        String file = parent.resolve("7.proof").toString();
        assertThat(CommandRun.of("prove", "7", trail, "--witness", witness, "-o", file)
                        .status())
                .isZero();

        CommandRun run = CommandRun.of("check", file, "--key", key, "--witness", witness);
        assertThat(run.err()).contains("number 7 of the log", "Cosigned by " + id() + " at 20");
        assertThat(run.out()).contains("\"sequence\":7}}");
        assertThat(run.status()).isZero();
        assertThat(CommandRun.of("check", file, "--key", key).status()).isZero();
    }

    @Test
    void proofThatNoWitnessCosignedDoesNotHoldWhereOneHasTo() {
        String file = parent.resolve("8.proof").toString();
        assertThat(CommandRun.of("prove", "8", trail, "-o", file).status()).isZero();

        CommandRun run = CommandRun.of("check", file, "--key", key, "--witness", witness);

        assertThat(run.err()).contains("does not hold: NOT_SIGNED, by " + id());
        assertThat(run.out()).isEmpty();
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void recordThatTheWitnessDoesNotKnowYetIsNotProved() {
        CommandRun late = CommandRun.of("prove", String.valueOf(sealed), trail, "--witness", witness);
        assertThat(late.err())
                .contains("is not sealed: the last checkpoint that " + id() + " cosigned is of " + sealed);
        assertThat(late.status()).isEqualTo(3);

        CommandRun none = CommandRun.of("prove", "7", trail, "--witness", new TestWitness().verifierKey());
        assertThat(none.err()).contains("has no checkpoint that " + TestWitness.NAME);
        assertThat(none.status()).isEqualTo(3);
    }

    @Test
    void keyOfALogIsNoWitness() {
        String file = parent.resolve("9.proof").toString();
        assertThat(CommandRun.of("prove", "9", trail, "-o", file).status()).isZero();
        for (String[] command : new String[][] {
            {"verify", trail, "--key", key, "--witness", key},
            {"prove", "7", trail, "--witness", key},
            {"check", file, "--key", key, "--witness", "nonsense"}
        }) {
            CommandRun run = CommandRun.of(command);
            assertThat(run.err()).contains("--witness: ");
            assertThat(run.status()).isEqualTo(2);
        }
    }
}
