/**
 * The transparency log's mathematics and text forms: a Merkle tree of hashes, its proofs, tiles and signed checkpoints. Bytes
 * in, bytes out: nothing is read or written here.
 *
 * <p>Types in reading order: {@link io.certrail.tlog.Hash} and {@link io.certrail.tlog.TreeHasher}, the hash functions;
 * {@link io.certrail.tlog.MerkleTree} with {@link io.certrail.tlog.NodeSink}, the tree that grows;
 * {@link io.certrail.tlog.Tile}, {@link io.certrail.tlog.TileAssembler} with {@link io.certrail.tlog.TileSink}, and
 * {@link io.certrail.tlog.TileHashes} with {@link io.certrail.tlog.TileSource}, its hashes as they are kept;
 * {@link io.certrail.tlog.Prover} with {@link io.certrail.tlog.HashSource}, which makes
 * {@link io.certrail.tlog.InclusionProof} and {@link io.certrail.tlog.ConsistencyProof}, checked to a
 * {@link io.certrail.tlog.ProofVerdict}; {@link io.certrail.tlog.SignerKey}, {@link io.certrail.tlog.VerifierKey},
 * {@link io.certrail.tlog.VerifierKeys}, {@link io.certrail.tlog.KeyId}, {@link io.certrail.tlog.SignatureType}, and
 * {@link io.certrail.tlog.SignedNote} with {@link io.certrail.tlog.NoteSignature}, text with signatures, opened to
 * {@link io.certrail.tlog.Opened} or a {@link io.certrail.tlog.Flaw}; {@link io.certrail.tlog.Checkpoint}, the log's signed
 * state; {@link io.certrail.tlog.KeyRotation} and {@link io.certrail.tlog.KeyChain}, one key after another;
 * {@link io.certrail.tlog.TlogProof}, an entry's proof in a file. Inside: {@code StrictText} (no value has two forms),
 * {@code Ascent} (a proof's way up), {@code Ed25519}, {@code Sha256}.
 *
 * <h2>Follows</h2>
 * RFC 9162 section 2.1 (tree, proofs; the same as RFC 6962), RFC 8032 (Ed25519), and of C2SP: signed-note,
 * tlog-checkpoint, tlog-tiles (without entry bundles: an entry there is at most 65,535 bytes, a line of the trail may be
 * longer, and its segments are the entries), tlog-cosignature (verification of Ed25519 cosignatures, also of those that
 * leave extension lines out), tlog-proof. Sizes end at 2<sup>63</sup> - 1. A note is at most 1 MiB with at most 64
 * signatures, and Base64 has one form only.
 *
 * <h2>Key rotation</h2>
 * The old key signs a note that names the last checkpoint's size and root and the new key; the new key signs it too. A reader
 * begins with the key that he was given and follows the rotations in order. A checkpoint above that size by the old key, or
 * below it by the new one, is rejected. A key that is lost cannot hand over: the reader has to be given the new one. For a
 * key that was stolen, whoever has it can hand over to a key of his own: the reader must then be told which rotation is right.
 *
 * <h2>Failure</h2>
 * What may come from anyone (notes, checkpoints, rotations, proofs, paths, hashes) is opened, parsed or verified to a result
 * that says what is wrong, never to an exception, and its cost is bounded by its length. Arguments of our own that are wrong
 * are an {@link java.lang.IllegalArgumentException}. What a source cannot give is its {@link java.io.IOException}, passed on.
 *
 * <h2>Threads</h2>
 * Values (hashes, tiles, proofs, keys, notes, checkpoints) are immutable. {@code TreeHasher}, {@code MerkleTree},
 * {@code TileAssembler}, {@code TileHashes} and {@code Prover} are each for one thread at a time. No other state.
 *
 * <p>May import: the JDK.
 */
@NullMarked
package io.certrail.tlog;

import org.jspecify.annotations.NullMarked;
