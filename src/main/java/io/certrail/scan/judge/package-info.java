/**
 * Judges what a log made of each probe.
 *
 * <p>Types in reading order: {@link io.certrail.scan.judge.Tried}, a probe that was made;
 * {@link io.certrail.scan.judge.Correlation}, which records belong to it; {@code Wording} and {@code Identity}, what a record
 * states; {@link io.certrail.scan.judge.Judge}, the marks; {@link io.certrail.scan.judge.Findings}, what follows from all of
 * them.
 *
 * <p>Pure: the same probes and lines give the same judgement. May import: {@code scan.finding}, {@code scan.probe},
 * {@code scan.log}.
 */
@NullMarked
package io.certrail.scan.judge;

import org.jspecify.annotations.NullMarked;
