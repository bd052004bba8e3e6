/**
 * The verifier: is a trail intact, and is it complete? It gives findings, not exceptions.
 *
 * <p>Types in reading order: {@link io.certrail.verify.Verifier} with {@link io.certrail.verify.VerifyOptions} and
 * {@link io.certrail.verify.Progress}; {@link io.certrail.verify.Report}, what it gives: {@link io.certrail.verify.Finding},
 * {@link io.certrail.verify.FindingKind}, {@link io.certrail.verify.Verdict}, {@link io.certrail.verify.Severity},
 * {@link io.certrail.verify.Place}; {@link io.certrail.verify.RecordProof}, one record that can be checked without the trail.
 * Inside, reading: {@code Segment}, {@code ChunkReader}, {@code Chunk}, {@code ChunkPipeline}, {@code ChunkScan},
 * {@code ScannedChunk}, and of a line {@code RecordScanner}, {@code RecordWalk}, {@code JsonWalk}, {@code RecordFields},
 * {@code AsciiTime}, {@code AuditDetails}. Judging: {@code Keys}, {@code Checkpoints}, {@code Known}, {@code TreeCheck} (intact?),
 * {@code Completeness}, {@code Kinds}, {@code Kind}, {@code BootCheck}, {@code RecordlessBoots},
 * {@code ConnectionNumbers} (complete?), {@code Findings}.
 *
 * <p>Whatever a trail holds leads to findings; what cannot be read is an {@link java.io.IOException}, for then nothing can be
 * said. Memory does not grow with the trail: pieces of a megabyte, few at a time, and bounded sets. Nothing is written.
 * Several threads hash; all else belongs to the thread that verifies. May import: {@code event}, {@code trail}, {@code tlog},
 * JSON-P.
 */
@NullMarked
package io.certrail.verify;

import org.jspecify.annotations.NullMarked;
