package io.certrail.tlog;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** Ed25519 (RFC 8032) by the JDK, with keys as the 32 bytes of the RFC. */
final class Ed25519 {
    /** Length of a public key and of a private key's seed, in bytes. */
    static final int KEY_LENGTH = 32;

    private static final String ALGORITHM = "Ed25519";
    /** What stands before the 32 bytes in a SubjectPublicKeyInfo (RFC 8410 section 4). */
    private static final byte[] PUBLIC_KEY_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

    private Ed25519() {}

    /**
     * The public key of 32 bytes.
     *
     * @throws IllegalArgumentException if they are no point of the curve
     */
    static PublicKey publicKey(byte[] bytes) {
        byte[] encoded = Arrays.copyOf(PUBLIC_KEY_HEAD, PUBLIC_KEY_HEAD.length + KEY_LENGTH);
        System.arraycopy(bytes, 0, encoded, PUBLIC_KEY_HEAD.length, KEY_LENGTH);
        try {
            PublicKey key = KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
            Signature.getInstance(ALGORITHM).initVerify(key); // only here is the point looked at
            return key;
        } catch (InvalidKeySpecException | InvalidKeyException e) {
            throw new IllegalArgumentException("no Ed25519 public key", e);
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    /** The 32 bytes of a public key. */
    static byte[] bytes(PublicKey key) {
        byte[] encoded = key.getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - KEY_LENGTH, encoded.length);
    }

    /** The 32 bytes that a private key is made of. */
    static byte[] seed(PrivateKey key) {
        return ((EdECPrivateKey) key).getBytes().orElseThrow();
    }

    /** A new pair of keys. */
    static KeyPair generate() {
        return generate(new SecureRandom());
    }

    /** The pair of keys of a seed. */
    static KeyPair fromSeed(byte[] seed) {
        // The JDK derives no public key from a private one, but its generator does, and takes nothing but the seed.
        KeyPair pair = generate(new SecureRandom() {
            private static final long serialVersionUID = 1;

            @Override
            public void nextBytes(byte[] bytes) {
                System.arraycopy(seed, 0, bytes, 0, bytes.length);
            }
        });
        if (!Arrays.equals(seed(pair.getPrivate()), seed)) {
            throw new IllegalStateException("this JDK's Ed25519 generator does not take the seed as it is");
        }
        return pair;
    }

    private static KeyPair generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(NamedParameterSpec.ED25519, random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    static byte[] sign(PrivateKey key, byte[] message) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    /** Whether the signature is that of the message by the key; false for whatever is no signature. */
    static boolean verify(PublicKey key, byte[] message, byte[] bytes) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(message);
            return signature.verify(bytes);
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    private static IllegalStateException missing(GeneralSecurityException e) {
        return new IllegalStateException("every JDK from 15 has Ed25519", e);
    }
}
