package io.certrail.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class KeyChainTest {
    private static final String ORIGIN = "example.com/log";

    private final NaiveTree tree = new NaiveTree(100);
    private final SignerKey first = SignerKey.generate(ORIGIN);
    private final SignerKey second = SignerKey.generate(ORIGIN);
    private final SignerKey third = SignerKey.generate(ORIGIN);
    private final KeyChain chain = KeyChain.of(first.verifierKey());

    @Test
    void eachKeySignsItsSizes() {
        KeyChain two = follow(chain, rotation(10, first, second));
        KeyChain three = follow(two, rotation(20, second, third));

        assertThat(three.current()).isEqualTo(third.verifierKey());
        accepts(three, checkpoint(5, first), checkpoint(10, first), checkpoint(10, second), checkpoint(20, third));
        accepts(three, checkpoint(15, second), checkpoint(99, third), checkpoint(15, second, third));
        for (byte[] note :
                List.of(checkpoint(11, first), checkpoint(9, second), checkpoint(21, second), checkpoint(19, third))) {
            assertThat(three.open(note).rejected()).contains(Flaw.KEY_NOT_IN_FORCE);
        }
        assertThat(chain.open(checkpoint(15, second)).rejected()).contains(Flaw.NOT_SIGNED);
    }

    @Test
    void rootOfTheRotationHolds() {
        KeyChain two = follow(chain, rotation(10, first, second));
        Checkpoint other = new Checkpoint(ORIGIN, 10, tree.leaf(7), List.of());

        assertThat(two.open(other.sign(second).bytes()).rejected()).contains(Flaw.ROOT_DIFFERS);
    }

    @Test
    void rotationNeedsBothKeys() {
        String text = new String(rotation(10, first, second), StandardCharsets.UTF_8);
        String signed = text.substring(0, text.indexOf("\n\n") + 1);

        assertThat(chain.with(SignedNote.sign(signed, first).bytes()).rejected())
                .contains(Flaw.NOT_SIGNED);
        assertThat(chain.with(SignedNote.sign(signed, second).bytes()).rejected())
                .contains(Flaw.NOT_SIGNED);
        assertThat(chain.with(SignedNote.sign(signed, first, third).bytes()).rejected())
                .contains(Flaw.NOT_SIGNED);
        assertThat(chain.with(SignedNote.sign(signed, third, second).bytes()).rejected())
                .contains(Flaw.NOT_SIGNED);
        assertThat(chain.with(SignedNote.sign(signed, second, first).bytes()).accepted())
                .isPresent();
    }

    @Test
    void rotationOutOfTurnIsRejected() {
        KeyChain two = follow(chain, rotation(10, first, second));

        assertThat(two.with(rotation(10, first, third)).rejected()).contains(Flaw.NOT_SIGNED);
        assertThat(two.with(rotation(9, second, third)).rejected()).contains(Flaw.KEY_NOT_IN_FORCE);
        assertThat(two.with(rotation(12, second, first)).rejected()).contains(Flaw.KEY_NOT_IN_FORCE);
        assertThat(two.with(rotation(10, second, third)).accepted()).isPresent();
        assertThatThrownBy(() -> rotation(10, first, first)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rotation(10, first, SignerKey.generate("other")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void checkpointIsNoRotationAndRotationNoCheckpoint() {
        assertThat(chain.open(rotation(10, first, second)).rejected()).contains(Flaw.WRONG_FORM);
        assertThat(chain.with(checkpoint(10, first)).rejected()).contains(Flaw.WRONG_FORM);
        String rotation = new String(rotation(10, first, second), StandardCharsets.UTF_8);
        String text = rotation.substring(0, rotation.indexOf("\n\n") + 1);
        for (String bad : List.of(text + "more\n", text.replace("\n10\n", "\n010\n"), text.replace("/v1", "/v2"))) {
            assertThat(chain.with(SignedNote.sign(bad, first, second).bytes()).rejected())
                    .contains(Flaw.WRONG_FORM);
        }
    }

    @Test
    void proofInAFileConvincesWhoHasOnlyTheKey() throws Exception {
        Prover prover = new Prover(tree.source());
        KeyChain two = follow(chain, rotation(10, first, second));
        String checkpoint = new String(checkpoint(80, second), StandardCharsets.UTF_8);
        for (int index : new int[] {0, 33, 79}) {
            byte[] file = new TlogProof(index, prover.inclusion(index, 80).path(), checkpoint).bytes();
            TlogProof proof = TlogProof.parse(file).orElseThrow();

            assertThat(proof.bytes()).isEqualTo(file);
            assertThat(proof.verify(tree.leaf(index), two::open).accepted())
                    .get()
                    .extracting(Checkpoint::size)
                    .isEqualTo(80L);
            assertThat(proof.verify(tree.leaf(1), two::open).rejected()).contains(Flaw.NOT_INCLUDED);
            assertThat(proof.verify(tree.leaf(index), chain::open).rejected()).contains(Flaw.NOT_SIGNED);
        }
    }

    /** Forms and their errors from github.com/transparency-dev/formats, proof/tlog_proof_test.go (Apache-2.0). */
    @Test
    void fileIsReadAsTheSpecificationSays() {
        String hash = tree.leaf(3).toString();
        String form = "c2sp.org/tlog-proof@v1\n";
        assertThat(read(form + "extra ZXh0cmE=\nindex 10\n" + hash + "\n\ncheckpoint data\n"))
                .contains(new TlogProof(10, List.of(tree.leaf(3)), "checkpoint data\n"));
        assertThat(read(form + "index 0\n\ncheckpoint\n")).contains(new TlogProof(0, List.of(), "checkpoint\n"));
        for (String bad : List.of(
                "",
                "wrong-header\nindex 0\n\ncheckpoint\n",
                form + "\n\ncheckpoint\n",
                form + "extra !!notbase64!!\nindex 0\n\ncheckpoint\n",
                form + "index notanumber\n\ncheckpoint\n",
                form + "index -5\n\ncheckpoint\n",
                form + "index 05\n\ncheckpoint\n",
                form + "index 0\n!!notbase64!!\n\ncheckpoint\n",
                form + "index 0\n" + hash + hash + "\n\ncheckpoint\n",
                form + "index 0\n" + (hash + "\n").repeat(64) + "\ncheckpoint\n",
                form + "index 0\n" + hash + "\n")) {
            assertThat(read(bad)).as(bad).isEmpty();
        }
    }

    @Property
    void nothingThrows(@ForAll String text) {
        assertThat(read(text)).isEmpty();
        read("c2sp.org/tlog-proof@v1\nindex 0\n" + text + "\n\n" + text).ifPresent(proof -> assertThat(
                        proof.verify(tree.leaf(0), chain::open).rejected())
                .isPresent());
    }

    private static Optional<TlogProof> read(String text) {
        return TlogProof.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] rotation(int size, SignerKey old, SignerKey next) {
        return KeyRotation.sign(new Checkpoint(ORIGIN, size, tree.root(size), List.of()), old, next)
                .bytes();
    }

    private byte[] checkpoint(int size, SignerKey... keys) {
        return new Checkpoint(ORIGIN, size, tree.root(size), List.of())
                .sign(keys)
                .bytes();
    }

    private static KeyChain follow(KeyChain chain, byte[] rotation) {
        return chain.with(rotation).accepted().orElseThrow();
    }

    private static void accepts(KeyChain chain, byte[]... notes) {
        for (byte[] note : notes) {
            assertThat(chain.open(note).rejected()).isEmpty();
        }
    }
}
