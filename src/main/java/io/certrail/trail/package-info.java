/**
 * The trail: an append-only journal of JSON lines in segments, with one writer, numbered without holes, on disk when it
 * says so.
 *
 * <p>Types in reading order: {@link io.certrail.trail.Trail} with {@link io.certrail.trail.TrailOptions},
 * {@link io.certrail.trail.Wait} and {@link io.certrail.trail.Ticket}, what producers see;
 * {@link io.certrail.trail.TrailCounts} and {@link io.certrail.trail.TrailStatus}, what operators see;
 * {@link io.certrail.trail.Chronicle}, what the trail says about itself, and {@link io.certrail.trail.TrailMeter};
 * {@link io.certrail.trail.TrailReader}, which reads the lines back, and {@link io.certrail.trail.Durable}, how far they are
 * there to stay; {@link io.certrail.trail.TrailFiles}, the file layer. Of the evidence: {@link io.certrail.trail.Checkpointing} with {@link io.certrail.trail.CheckpointOptions},
 * {@link io.certrail.trail.Census}, {@link io.certrail.trail.CheckpointListener} and
 * {@link io.certrail.trail.CheckpointMeter}, what it is made with; {@link io.certrail.trail.CheckpointCounts} and
 * {@link io.certrail.trail.RecordCounts}, what a checkpoint says; {@link io.certrail.trail.TrailTree},
 * {@link io.certrail.trail.CheckpointHistory} and {@link io.certrail.trail.TrailKeys}, which read it back;
 * {@link io.certrail.trail.KeyReplacement}; {@link io.certrail.trail.TrailRepair} with {@link io.certrail.trail.Repairs}, a start
 * without a server. Inside, for it: {@code Integrator} (the thread that makes it) with
 * {@code IntegratedTree}, {@code TileFolder}, {@code Publisher} and {@code CheckpointStore}; {@code SoundTree} with
 * {@code TreeRecovery} and {@code LogKey} (what a start checks). Inside, for the lines: {@code Intake} (the bounded queue), {@code TrailWriter} (the one thread that writes) with {@code Settlement} (what becomes of what it took),
 * {@code Journal} with {@code Segment} and {@code WriteAheadLog} (what lies on disk), {@code SegmentForcer} (the thread
 * that forces what is in the log alone), {@code Recovery} with {@code LoggedLines} (what a start does), {@code Line} (the
 * form of a line).
 *
 * <h2>On disk</h2>
 * Format 1, as the file {@code format} says: {@code certrail-trail/1} and a newline. A trail without that file is older than
 * checkpoints. Other readers refuse what they do not know, and pass over files and words that are not named here. All text is
 * UTF-8 with newlines (U+000A).
 *
 * <p>{@code entries/<first sequence, 20 digits>.jsonl} are the segments, {@code wal/log} is the write-ahead log,
 * {@code torn/} holds what recovery set aside, {@code lock} is locked while a writer lives. A line is what was appended,
 * the digits of its sequence, {@code }}} and a newline. Lines of a segment whose sequence is not below the next segment's
 * first are void: a force failed and what it left could not be cut off.
 *
 * <h3>The write-ahead log</h3>
 * Lines that somebody waits for are written to the log, which is a file of constant size: this makes them durable with one
 * write that changes no size. The segment gets the same bytes within some milliseconds, several commits' together, and is
 * forced later; the log is needed only by a start after a
 * crash. It consists of frames, each at a multiple of 4096 bytes; numbers are big-endian:
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
 * <h3>Tree</h3>
 * The leaf with index <i>n</i> is the line with sequence <i>n</i>, without its newline: {@code SHA-256(0x00 || line)}; nodes are
 * {@code SHA-256(0x01 || left || right)} (RFC 9162 section 2.1.1). Void lines are no leaves. {@code tile/<level>/<index>} are full
 * tiles, {@code tile/<level>/<index>.p/<width>} partial ones, as C2SP tlog-tiles says, without {@code tile/entries}: the segments
 * are the entries. Full tiles never change. Of partial tiles the widest counts; a narrower one is a prefix of it, and may be gone.
 * Tiles stay when retention deletes the segments that their lines stood in.
 *
 * <h3>Checkpoints</h3>
 * {@code checkpoint} is the newest one, a C2SP signed note: replaced as a whole, never before all lines that it is made of are
 * forced in the segments. Its text is that of a C2SP tlog-checkpoint with the extension lines that
 * {@link io.certrail.trail.CheckpointCounts} describes. {@code checkpoints/<size of the first one, 20 digits>.notes} are those
 * that are kept, in their order: notes, each followed by one empty line. As a checkpoint's text holds no empty line, a note ends
 * with the second empty line. Kept are the last of each minute, and all whose cause is not {@code interval}. What follows the last
 * whole note of the last file was cut short by a crash. A file is begun when the last one would exceed 1 MiB, and deleted once all
 * of its checkpoints are about lines that retention has deleted.
 * <ul>
 *   <li>{@code start}: what earlier lives left and nothing of this one; {@code audit.started} names the newest checkpoint before
 *       that record, which is this one unless the disk did not take it then, or lines stood in the write-ahead log alone.
 *   <li>{@code rotation}: its size is the first sequence of a segment.
 *   <li>{@code idle}: nothing new; size and root as before.
 *   <li>{@code stop}: all that there is; the last line is {@code audit.stopped}.
 * </ul>
 *
 * <h3>What the counts mean</h3>
 * {@code records} counts all lines up to the size, those that retention deleted included, by the name and the outcome that stand
 * where each record has them: <code>"event":{"name":"…","outcome":"…"</code> within the first 160 bytes of the line, names of at most
 * 64 of {@code a-z 0-9 . _ -}. Other lines, and kinds beyond the first 256 of the trail, count as {@code other:unknown}. {@code succeeded}, {@code failed}, {@code unknown} and
 * {@code ended} are the same for {@code tls.handshake} and {@code http.request}, less what they were at this boot's {@code start}.
 * What was seen is read after the size was fixed, so {@code open} may hold connections whose record stands just behind it.
 * <ul>
 *   <li>A connection to a TLS listener whose acceptance was seen has the id {@code <boot id>-<n>}, <i>n</i> = 1, 2, 3… up to
 *       {@code numbered}. Each has one {@code tls.handshake} record with its id, or stands in the ranges of one
 *       {@code audit.flood} of {@code tls.handshake}, or is lost or still open. One too many to be followed has a record, too.
 *   <li>{@code <boot id>-x<n>}: without TLS, or accepted before this boot. It has no {@code tls.handshake} record, unless its
 *       handshake came after all; then it counts as accepted when that is recorded.
 *   <li>{@code <boot id>-h<n>}: numbered by the JSSE hook, which may be older than the boot; it counts as accepted when its
 *       handshake is recorded, so that none can be shown to be missing by its number.
 *   <li>{@code lost}: lines that the trail took and did not write, and events of which no record could be made.
 * </ul>
 * After {@code audit.stopped}, {@code open} is 0 unless something of Certrail's own failed.
 *
 * <h3>Keys</h3>
 * {@code key.pub} is the C2SP verifier key that the trail began with, in one line; it never changes. {@code keys/000001.note} and so
 * on are the rotations in their order ({@link io.certrail.tlog.KeyRotation}): the key in force at a size follows from them
 * ({@link io.certrail.tlog.KeyChain}). {@code key} holds the private key, mode 0600, unless it is kept elsewhere; {@code key.next}
 * beside it is a rotation that was cut short.
 *
 * <h3>Witnesses</h3>
 * {@code witness/<key id, 8 hexadecimal digits>.note} is the last checkpoint that a witness cosigned, with its signature: a
 * C2SP signed note as {@code checkpoint}, written by {@code sink}. Without it a trail is as good as before; who verifies with the
 * witness' key is told that it is missing.
 *
 * <h3>Clock</h3>
 * {@code clock} says what time retention by age goes on from at the next start, in one line: the time that is believed, how long
 * the system's clock has run evenly since it was doubted (ISO 8601, below a day), and the time that it showed then. It is no
 * evidence, and there is none where nothing is deleted for its age: {@code 2026-11-25T16:00:00Z PT0S 2026-11-25T16:00:00Z}.
 *
 * <h2>Failure</h2>
 * Producers never see an exception and never block: what cannot be taken is lost, counted, and told in a gap record.
 * After a failed write or force a segment is never written again. An entry counts as recorded only when it is forced: in
 * the log or in a segment. What is in the log alone when a segment fails is written anew to the next one, as a start
 * does; so the end of a segment may be some milliseconds behind what was acknowledged, and after a crash the log has it.
 * When the log fails, segments are forced instead. An entry told lost can be found on disk only if the disk failed
 * in such a way that its line could not be cut off and the process ended before writing worked again.
 *
 * <p>Tree and checkpoints follow behind: their failures are logged, told to the meter and tried again at the next interval, and
 * change neither status nor readiness, for nothing is lost by them. Only {@link io.certrail.trail.Trail#open} refuses, before
 * anything is written, what does not fit together. A segment is not deleted by retention before its tiles are forced and a
 * checkpoint where it ends is out.
 *
 * <h2>Threads</h2>
 * Any thread may append, read counts and status. One daemon thread writes; it alone touches the journal, but for a second
 * one that forces the current segment when the log needs room or {@link io.certrail.trail.Trail#forceSegments()} asks.
 *
 * <p>A third one, the integrator, reads what is forced and makes tree and checkpoints; it alone touches their files.
 *
 * <p>May import: {@code tlog}.
 */
@NullMarked
package io.certrail.trail;

import org.jspecify.annotations.NullMarked;
