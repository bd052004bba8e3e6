/**
 * The trail: an append-only journal of JSON lines in segments, with one writer, numbered without holes, on disk when it
 * says so.
 *
 * <p>Types in reading order: {@link io.certrail.trail.Trail} with {@link io.certrail.trail.TrailOptions},
 * {@link io.certrail.trail.Wait} and {@link io.certrail.trail.Ticket}, what producers see;
 * {@link io.certrail.trail.TrailCounts} and {@link io.certrail.trail.TrailStatus}, what operators see;
 * {@link io.certrail.trail.Chronicle}, what the trail says about itself, and {@link io.certrail.trail.TrailMeter};
 * {@link io.certrail.trail.TrailReader}, which reads the lines back; {@link io.certrail.trail.TrailFiles}, the file
 * layer. Inside: {@code Intake} (the bounded queue), {@code TrailWriter} (the one thread that writes),
 * {@code Journal} and {@code Segment} (what lies on disk), {@code Recovery} (what a start does), {@code Line} (the form
 * of a line).
 *
 * <h2>On disk</h2>
 * {@code entries/<first sequence, 20 digits>.jsonl} are the segments, {@code torn/} holds what recovery set aside,
 * {@code lock} is locked while a writer lives. A line is what was appended, the digits of its sequence, {@code }}} and
 * a newline. Lines of a segment whose sequence is not below the next segment's first are void: a force failed and what
 * it left could not be cut off.
 *
 * <h2>Failure</h2>
 * Producers never see an exception and never block: what cannot be taken is lost, counted, and told in a gap record.
 * After a failed write or force a segment is never written again. An entry counts as recorded only when it is forced.
 * An entry told lost can be found on disk only if the disk failed in such a way that its line could not be cut off and
 * the process ended before writing worked again.
 *
 * <h2>Threads</h2>
 * Any thread may append, read counts and status. One daemon thread writes; it alone touches the journal.
 *
 * <p>May import: the JDK.
 */
@NullMarked
package io.certrail.trail;

import org.jspecify.annotations.NullMarked;
