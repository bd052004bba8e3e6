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
 * {@code Journal} with {@code Segment} and {@code WriteAheadLog} (what lies on disk), {@code SegmentForcer} (the thread
 * that forces what is in the log alone), {@code Recovery} with {@code LoggedLines} (what a start does), {@code Line} (the
 * form of a line).
 *
 * <h2>On disk</h2>
 * {@code entries/<first sequence, 20 digits>.jsonl} are the segments, {@code wal/log} is the write-ahead log,
 * {@code torn/} holds what recovery set aside, {@code lock} is locked while a writer lives. A line is what was appended,
 * the digits of its sequence, {@code }}} and a newline. Lines of a segment whose sequence is not below the next segment's
 * first are void: a force failed and what it left could not be cut off.
 *
 * <h3>The write-ahead log</h3>
 * Lines are written to their segment first, then the same bytes to the log, which is a file of constant size: this makes
 * them durable with one write that changes no size. The segment is forced later; the log is needed only by a start after
 * a crash. It consists of frames, each at a multiple of 4096 bytes; numbers are big-endian:
 * <pre>
 *  0   8  00 43 54 52 57 41 4C 01 (NUL "CTRWAL" 1: version of this layout)
 *  8   8  epoch, from 1; each time that the log is begun again it is greater
 * 16   8  sequence of the first line
 * 24   8  forced: all lines of a lower sequence were forced in segments before this frame was written
 * 32   4  lines: how many
 * 36   4  length: of the lines with their newlines, in bytes; at most 2^20 - 48
 * 40   4  CRC-32C (RFC 3720, section 12.1) of bytes 0 to 39 and of the lines
 * 44   4  zero
 * 48      the lines as in the segment, and zeros up to a multiple of 4096
 * </pre>
 * To read it: look at each multiple of 4096; what is no frame or has the wrong checksum (filled in advance, torn, left
 * behind by a frame that is overwritten in part) is passed over block by block, a frame as a whole. Frames of the highest
 * epoch count. The greatest {@code forced} among them is how far segments are complete; from there on, lines in frames
 * stand, whatever the segment holds, and the segment may have more lines after those that the log ends with. Frames lie in
 * the order of their sequences but for one place, since the two halves of the file are written in turns; a half is
 * written again only when all its lines are forced in segments. A trail that was closed ends in a frame without lines.
 *
 * <h2>Failure</h2>
 * Producers never see an exception and never block: what cannot be taken is lost, counted, and told in a gap record.
 * After a failed write or force a segment is never written again. An entry counts as recorded only when it is forced: in
 * the log or in a segment. What is in the log alone when a segment fails is written anew to the next one, as a start
 * does. When the log fails, segments are forced instead. An entry told lost can be found on disk only if the disk failed
 * in such a way that its line could not be cut off and the process ended before writing worked again.
 *
 * <h2>Threads</h2>
 * Any thread may append, read counts and status. One daemon thread writes; it alone touches the journal, but for a second
 * one that forces the current segment when the log needs room or {@link io.certrail.trail.Trail#forceSegments()} asks.
 *
 * <p>May import: the JDK.
 */
@NullMarked
package io.certrail.trail;

import org.jspecify.annotations.NullMarked;
