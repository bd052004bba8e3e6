package io.certrail.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and notes from golang.org/x/mod/sumdb/note/note_test.go and example_test.go (BSD-3-Clause), and C2SP signed-note. */
class SignedNoteTest {
    private static final String PETER_SIGNER =
            "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    private static final String PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private static final String ENOCH = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
    private static final String TEXT = "If you think cryptography is the answer to your problem,\n"
            + "then you don't know what your problem is.\n";
    private static final String PETER_LINE = "\u2014 PeterNeumann "
            + "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    private static final String ENOCH_LINE = "\u2014 EnochRoot "
            + "rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";

    private final VerifierKey peter = VerifierKey.parse(PETER);
    private final VerifierKey enoch = VerifierKey.parse(ENOCH);

    @Test
    void exampleOfTheSpecificationIsAccepted() {
        VerifierKey key = VerifierKey.parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
        String text = "This is an example message.\n";
        String note = text + "\n\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXs"
                + "YjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

        assertThat(open(note, key).accepted()).contains(text);
        assertThat(open(note.replace("example message", "Example message"), key).rejected())
                .contains(Flaw.WRONG_SIGNATURE);
    }

    @Test
    void noteIsSignedAsByOthers() {
        SignerKey signer = SignerKey.parse(PETER_SIGNER);
        SignerKey zero = SignerKey.parse("PRIVATE+KEY+EnochRoot+af0cfe78+"
                + Base64.getEncoder()
                        .encodeToString(ByteBuffer.allocate(33).put((byte) 1).array()));

        assertThat(new String(SignedNote.sign(TEXT, signer, zero).bytes(), StandardCharsets.UTF_8))
                .isEqualTo(TEXT + "\n" + PETER_LINE + ENOCH_LINE);
        assertThat(signer.verifierKey()).isEqualTo(peter);
        assertThat(signer.verifierKey().text()).isEqualTo(PETER);
        assertThat(signer.secretText()).isEqualTo(PETER_SIGNER);
        assertThat(signer).hasToString("PeterNeumann+c74f20a3");
        assertThat(zero.verifierKey()).isEqualTo(enoch);
    }

    @Test
    void signaturesByUnknownKeysAreIgnored() {
        String note = TEXT + "\n" + PETER_LINE + ENOCH_LINE;

        assertThat(names(open(note, peter))).containsExactly("PeterNeumann");
        assertThat(names(open(note, enoch))).containsExactly("EnochRoot");
        assertThat(names(open(note, enoch, peter))).containsExactly("PeterNeumann", "EnochRoot");
        assertThat(open(note).rejected()).contains(Flaw.NOT_SIGNED);
        assertThat(names(open(note + ENOCH_LINE.replace("rwz+", "rwz/"), peter)))
                .containsExactly("PeterNeumann");
        assertThat(names(open(note + PETER_LINE, peter))).containsExactly("PeterNeumann");
        assertThat(names(open(TEXT + "\n" + PETER_LINE.replace("x08g", "xxxx") + ENOCH_LINE, peter, enoch)))
                .as("the name alone does not make it a known key's")
                .containsExactly("EnochRoot");
    }

    private static List<String> names(Opened<String> opened) {
        return ((Opened.Accepted<String>) opened)
                .signatures().stream().map(NoteSignature::name).toList();
    }

    @Test
    void wrongSignatureOfAKnownKeyRejectsAll() {
        String wrong = PETER_LINE.substring(0, 60) + "ABCD" + PETER_LINE.substring(60);
        String other = "\u2014 PeterNeumann x08go/" + ENOCH_LINE.substring("\u2014 EnochRoot rwz+eB".length());

        assertThat(open(TEXT + "\n" + wrong, peter).rejected()).contains(Flaw.WRONG_SIGNATURE);
        assertThat(open(TEXT + "\n" + ENOCH_LINE + wrong, peter, enoch).rejected())
                .contains(Flaw.WRONG_SIGNATURE);
        assertThat(open(TEXT + "\n" + PETER_LINE + wrong, peter).rejected()).contains(Flaw.WRONG_SIGNATURE);
        assertThat(open(TEXT + "\n" + PETER_LINE + other, peter).rejected()).contains(Flaw.WRONG_SIGNATURE);
    }

    @Test
    void whatIsNoNoteIsRejected() {
        for (String bad : List.of(
                "",
                "\n",
                "\n\n",
                TEXT,
                TEXT + "\n",
                TEXT + PETER_LINE,
                TEXT + "\n" + PETER_LINE.substring(0, PETER_LINE.length() - 1),
                TEXT + "\n" + PETER_LINE + "\n",
                TEXT + "\n" + PETER_LINE + "Unexpected line.\n",
                TEXT + "\n" + PETER_LINE.replace("=", ""),
                TEXT + "\n" + PETER_LINE.replace("nAM=", "nAN="),
                TEXT + "\n" + PETER_LINE.replace("\u2014", "-"),
                TEXT + "\n" + PETER_LINE + "\u2014 EnochRoot rwz+eA==\n",
                TEXT + "\n" + PETER_LINE + "\u2014 EnochRoot\n",
                TEXT + "\n" + PETER_LINE + "\u2014  rwz+eBzmZa0=\n",
                TEXT + "\n" + PETER_LINE + "\u2014 Enoch+Root rwz+eBzmZa0=\n",
                TEXT + "\n" + PETER_LINE + "\u2014 Enoch\u00a0Root rwz+eBzmZa0=\n",
                TEXT + "\n" + PETER_LINE + "\u2014 Enoch\u3000Root rwz+eBzmZa0=\n",
                TEXT + "\n" + PETER_LINE + "\u2014 Bad Name rwz+eBzmZa0=\n")) {
            assertThat(open(bad, peter).rejected()).as(bad).contains(Flaw.NOT_A_NOTE);
        }
        for (String bad : List.of("\1", "\r\n", "\t", "\0", "\33[1m")) {
            assertThat(open(bad + TEXT + "\n" + PETER_LINE, peter).rejected()).contains(Flaw.NOT_TEXT);
        }
        byte[] note = (TEXT + "\n" + PETER_LINE).getBytes(StandardCharsets.UTF_8);
        note[3] = (byte) 0xff;
        assertThat(SignedNote.open(note, VerifierKeys.of(peter)).rejected()).contains(Flaw.NOT_TEXT);
    }

    @Test
    void limitsHold() {
        String lines = ENOCH_LINE.repeat(SignedNote.MAX_SIGNATURES - 1);
        String most = TEXT + "\n" + PETER_LINE + lines;

        assertThat(open(most, peter).accepted()).contains(TEXT);
        assertThat(open(most + ENOCH_LINE, peter).rejected()).contains(Flaw.TOO_MANY_SIGNATURES);
        assertThat(SignedNote.open(new byte[SignedNote.MAX_LENGTH + 1], VerifierKeys.of(peter))
                        .rejected())
                .contains(Flaw.TOO_LONG);
        assertThatThrownBy(() -> SignedNote.sign("no newline", SignerKey.parse(PETER_SIGNER)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SignedNote.sign(TEXT)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SignedNote.sign("a\rb\n", SignerKey.parse(PETER_SIGNER)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SignedNote.sign("\ud800\n", SignerKey.parse(PETER_SIGNER)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void textMayHaveEmptyLinesAndAnyScript() {
        SignerKey key = SignerKey.generate("example.com/\u6f22\u5b57");
        String text = "\n\none \u2014 two\n\n\u2014 PeterNeumann x08g\n\u007f\ud83d\ude00\n";

        assertThat(SignedNote.open(SignedNote.sign(text, key).bytes(), VerifierKeys.of(key.verifierKey()))
                        .accepted())
                .contains(text);
    }

    @Property(tries = 300)
    void noteWithAChangedByteIsNotAccepted(
            @ForAll @IntRange(max = 240) int at, @ForAll @IntRange(min = 1, max = 255) int x) {
        byte[] note = (TEXT + "\n" + PETER_LINE).getBytes(StandardCharsets.UTF_8);
        note[at % note.length] ^= (byte) x;

        assertThat(SignedNote.open(note, VerifierKeys.of(peter)).rejected()).isPresent();
    }

    @Property
    void nothingThrows(@ForAll byte[] bytes) {
        assertThat(SignedNote.open(bytes, VerifierKeys.of(peter)).rejected()).isPresent();
    }

    @Test
    void mangledKeysAreRefused() {
        for (String text : List.of(PETER, PETER_SIGNER)) {
            for (int i = 0; i <= text.length(); i++) {
                for (int j = i + 1; j <= text.length(); j++) {
                    if (j - i < text.length()) {
                        refused(text.substring(i, j), text);
                    }
                }
                if (i < text.length()) {
                    refused(text.substring(0, i) + (char) (text.charAt(i) + 1) + text.substring(i + 1), text);
                }
            }
        }
        refused("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==", PETER);
        refused("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", PETER);
        refused(PETER.replace("c74f20a3", "C74F20A3"), PETER);
    }

    private static void refused(String text, String of) {
        if (of.equals(PETER)) {
            assertThat(VerifierKey.read(text)).as(text).isEmpty();
        } else {
            assertThatThrownBy(() -> SignerKey.parse(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining(of.substring(40, 60));
        }
    }

    @Test
    void keyThatIsNoPointOfTheCurveIsRefused() {
        byte[] noPoint = new byte[32];
        noPoint[0] = 2; // y = 2: x would have no square root
        KeyId id = KeyId.of("example.com", SignatureType.ED25519, noPoint);
        String text = id + "+" + Base64.getEncoder().encodeToString(concat(new byte[] {1}, noPoint));

        assertThat(VerifierKey.read(text)).isEmpty();
    }

    @Test
    void keyGivenTwiceIsOneKeyAndNonsenseIsNone() {
        assertThat(VerifierKeys.of(peter, peter).find(peter.id())).contains(peter);
        assertThatThrownBy(() -> VerifierKey.parse("nonsense")).hasMessageContaining("verifier key");
    }

    /** RFC 8032 section 7.1, TEST 3. */
    @Test
    void signatureIsThatOfTheRfc() {
        byte[] seed = HexFormat.of().parseHex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7");
        byte[] message = HexFormat.of().parseHex("af82");
        byte[] signature = Ed25519.sign(Ed25519.fromSeed(seed).getPrivate(), message);

        assertThat(HexFormat.of().formatHex(Ed25519.bytes(Ed25519.fromSeed(seed).getPublic())))
                .isEqualTo("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
        assertThat(HexFormat.of().formatHex(signature))
                .isEqualTo("6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                        + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
    }

    @Test
    void anotherImplementationVerifiesOurSignatures() {
        for (int i = 0; i < 50; i++) {
            SignerKey key = SignerKey.generate("example.com/log");
            byte[] material =
                    Base64.getDecoder().decode(key.verifierKey().text().split("\\+", 3)[2]);
            Ed25519Signer verifier = new Ed25519Signer();
            verifier.init(false, new Ed25519PublicKeyParameters(material, 1));
            byte[] text = TEXT.getBytes(StandardCharsets.UTF_8);
            verifier.update(text, 0, text.length);

            assertThat(verifier.verifySignature(key.sign(TEXT).signature())).isTrue();
            assertThat(SignerKey.parse(key.secretText()).verifierKey()).isEqualTo(key.verifierKey());
        }
    }

    /** C2SP tlog-cosignature, signed by another implementation. */
    @Test
    void cosignatureOfAWitnessIsVerified() {
        Ed25519PrivateKeyParameters witness = new Ed25519PrivateKeyParameters(new byte[32], 0);
        VerifierKey key = VerifierKey.of(
                "witness.example/w1",
                SignatureType.COSIGNATURE,
                witness.generatePublicKey().getEncoded());
        String note = TEXT + "\n" + PETER_LINE + cosignature(witness, key, 1_679_315_147L, 1_679_315_147L);

        assertThat(VerifierKey.parse(key.text())).isEqualTo(key);
        assertThat(names(open(note, key))).containsExactly("witness.example/w1");
        assertThat(names(open(note, key, peter))).containsExactly("PeterNeumann", "witness.example/w1");
        assertThat(open(TEXT + "\n" + cosignature(witness, key, 1, 2), key).rejected())
                .contains(Flaw.WRONG_SIGNATURE);
        assertThat(open(TEXT + "\n" + cosignature(witness, key, -1, -1), key).rejected())
                .contains(Flaw.WRONG_SIGNATURE);
    }

    /** By torchwood at 341dc2f, the library of litewitness, which leaves extension lines out; the key's seed is 32 times 7. */
    @Test
    void cosignatureOfTheFirstThreeLinesAloneIsVerified() {
        VerifierKey key = VerifierKey.parse("witness.example/w7+b84f516a+BOpKbGPinFIKvvVQexMuxfmVR3auvr57kkIe6mkURtIs");
        String tree = "certrail.example/trail\n42\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
        String extension = "connections 3 of 3\n";
        String signature =
                "\n\u2014 witness.example/w7 uE9RagAAAABrCSKCM7r2Ovju+oDL5/CWLbT+IzQn8C5pW/wClH04hpX2mcIwvPVhW+r438NpRWMF"
                        + "RqSgjBeE+VDjkiycW3bK2YpxBw==\n";

        assertThat(names(open(tree + extension + signature, key))).containsExactly("witness.example/w7");
        assertThat(names(open(tree + signature, key))).containsExactly("witness.example/w7");
        assertThat(open(tree.replace("42", "43") + extension + signature, key).rejected())
                .contains(Flaw.WRONG_SIGNATURE);
        assertThat(open(tree.substring(0, tree.indexOf("Cs")) + signature, key).rejected())
                .contains(Flaw.WRONG_SIGNATURE);
    }

    private static String cosignature(Ed25519PrivateKeyParameters witness, VerifierKey key, long said, long signed) {
        byte[] message = ("cosignature/v1\ntime " + signed + "\n" + TEXT).getBytes(StandardCharsets.UTF_8);
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, witness);
        signer.update(message, 0, message.length);
        byte[] bytes = ByteBuffer.allocate(4 + 8 + 64)
                .putInt(key.id().id())
                .putLong(said)
                .put(signer.generateSignature())
                .array();
        return new NoteSignature(key.name(), Base64.getEncoder().encodeToString(bytes)) + "\n";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "a b", "a+b", "a\nb", "a\u2028b", "a\u0085b", "a\u1680", "\u202f", "\ud800", "a\0"})
    void nameWithASpaceOrPlusIsNone(String name) {
        assertThatThrownBy(() -> SignerKey.generate(name)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Opened<String> open(String note, VerifierKey... keys) {
        return SignedNote.open(note.getBytes(StandardCharsets.UTF_8), VerifierKeys.of(keys));
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
