package io.certrail.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sigstore.rekor.client.Checkpoints;
import dev.sigstore.rekor.client.RekorEntry;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckpointTest {
    private static final String ORIGIN = "example.com/log";
    private static final Hash ROOT = new TreeHasher().leaf(new byte[] {1});

    private final SignerKey key = SignerKey.generate(ORIGIN);

    /** A log of others: its entries are in testdata/build_log.sh of the same commit. */
    @Test
    void logOfAnotherImplementationIsReadAndRebuilt() throws Exception {
        VerifierKey tessera =
                VerifierKey.parse("example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx");
        NaiveTree naive = new NaiveTree(
                List.of("one two three four five six seven eit nain ten ileven twelf threeten fourten fivten"
                                .split(" "))
                        .stream()
                        .map(entry -> entry.getBytes(StandardCharsets.UTF_8))
                        .toList());
        TileAssembler tiles = new TileAssembler((tile, bytes) -> {});
        MerkleTree tree = new MerkleTree(tiles);
        for (String[] row : Figures.rows("tessera-log.tsv")) {
            byte[] bytes = Base64.getDecoder().decode(row[2]);
            int size = Integer.parseInt(row[1]);
            if (row[0].equals("tile")) {
                assertThat(tiles.partial()).containsOnlyKeys(new Tile(0, 0, size));
                assertThat(tiles.partial().get(new Tile(0, 0, size))).isEqualTo(bytes);
                continue;
            }
            if (size > 0) {
                tree.append(naive.leaf(size - 1));
            }
            Checkpoint checkpoint = KeyChain.of(tessera).open(bytes).accepted().orElseThrow();
            assertThat(checkpoint).isEqualTo(new Checkpoint("example.com/log/testdata", size, tree.root(), List.of()));
        }
        assertThat(tree.size()).isEqualTo(15);
    }

    /** sum.golang.org, as in github.com/FiloSottile/torchwood, cmd/litewitness/testdata/sumdb.txt. */
    @Test
    void checkpointWhoseOriginIsNotItsKeysNameIsRead() {
        VerifierKey sumdb = VerifierKey.parse("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8");
        byte[] note = ("go.sum database tree\n35225469\nvt5T6GaLCXvyHFl9VUvvItR43XZxfLgftEcTyO3eJCQ=\n\n"
                        + "\u2014 sum.golang.org Az3grpukl5AXaVfYkLiDGORx/DN2nlcS5kZHR5uYOBV2KA2HgXpD+gu9HHONebHLAyaKbbTM75"
                        + "QTtPydhKCExixSfwQ=\n")
                .getBytes(StandardCharsets.UTF_8);

        assertThat(Checkpoint.open(note, "go.sum database tree", VerifierKeys.of(sumdb))
                        .accepted())
                .get()
                .extracting(Checkpoint::size)
                .isEqualTo(35_225_469L);
        assertThat(Checkpoint.open(note, "sum.golang.org", VerifierKeys.of(sumdb))
                        .rejected())
                .contains(Flaw.OTHER_ORIGIN);
    }

    @Test
    void anotherImplementationReadsOurCheckpoints() throws Exception {
        Checkpoint checkpoint = new Checkpoint(ORIGIN, 20_852_163, ROOT, List.of());
        RekorEntry.Checkpoint read =
                Checkpoints.from(new String(checkpoint.sign(key).bytes(), StandardCharsets.UTF_8));

        assertThat(read.getOrigin()).isEqualTo(ORIGIN);
        assertThat(read.getSize()).isEqualTo(20_852_163);
        assertThat(read.getBase64Hash()).isEqualTo(ROOT.toString());
        assertThat(read.getSignatures()).hasSize(1);
        assertThat(key.verifierKey()
                        .verifies(checkpoint.text(), read.getSignatures().get(0).getSignature()))
                .isTrue();
    }

    @Test
    void extensionLinesAreKept() {
        Checkpoint checkpoint = new Checkpoint(ORIGIN, 3, ROOT, List.of("handshakes 7 5 1 1 0", "requests 9 9 0"));

        assertThat(checkpoint.text()).isEqualTo(ORIGIN + "\n3\n" + ROOT + "\nhandshakes 7 5 1 1 0\nrequests 9 9 0\n");
        assertThat(KeyChain.of(key.verifierKey())
                        .open(checkpoint.sign(key).bytes())
                        .accepted())
                .contains(checkpoint);
    }

    @Test
    void textThatIsNoCheckpointIsRejectedThoughSigned() {
        for (String text : List.of(
                ORIGIN + "\n3\n",
                "\n3\n" + ROOT + "\n",
                ORIGIN + "\n-3\n" + ROOT + "\n",
                ORIGIN + "\n+3\n" + ROOT + "\n",
                ORIGIN + "\n03\n" + ROOT + "\n",
                ORIGIN + "\n\u0663\n" + ROOT + "\n",
                ORIGIN + "\n\n" + ROOT + "\n",
                ORIGIN + "\n9223372036854775808\n" + ROOT + "\n",
                ORIGIN + "\n3438945738945739845734895735\n" + ROOT + "\n",
                ORIGIN + "\n3\nYmFuYW5hcw==\n",
                ORIGIN + "\n3\nThisIsn'tBase64\n",
                ORIGIN + "\n3\n" + ROOT + "=\n",
                ORIGIN + "\n3\n" + ROOT.toString().replace("=", "") + "\n",
                ORIGIN + "\n0\n" + ROOT + "\n",
                ORIGIN + "\n3\n" + ROOT + "\n\n",
                ORIGIN + "\n3\n" + ROOT + "\none\n\ntwo\n")) {
            Opened<Checkpoint> opened = KeyChain.of(key.verifierKey())
                    .open(SignedNote.sign(text, key).bytes());
            assertThat(opened.rejected()).as(text).contains(Flaw.WRONG_FORM);
        }
    }

    @Test
    void checkpointThatCouldNotBeReadIsNotMade() {
        assertThatThrownBy(() -> new Checkpoint("", 1, ROOT, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Checkpoint("a\nb", 1, ROOT, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Checkpoint("a", -1, ROOT, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Checkpoint("a", 0, ROOT, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Checkpoint("a", 1, ROOT, List.of("")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Checkpoint("other", 1, ROOT, List.of()).sign(key))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
