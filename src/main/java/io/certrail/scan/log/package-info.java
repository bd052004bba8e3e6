/**
 * The log under test, as whoever runs the server can read it.
 *
 * <p>Types in reading order: {@link io.certrail.scan.log.LogSource}, where lines come from, and its kinds;
 * {@link io.certrail.scan.log.LogWatch}, which follows them while the probes run and notes when each line came;
 * {@link io.certrail.scan.log.Profile}, what a server's lines look like and how it words its reasons, read by
 * {@link io.certrail.scan.log.ProfileFile} and chosen by {@link io.certrail.scan.log.Profiles};
 * {@link io.certrail.scan.log.LogRecord}, a line that was understood.
 *
 * <p>Lines are data of strangers: read in bounded pieces, never interpreted. A source that cannot be read says so before
 * the first probe.
 *
 * <p>{@code LogWatch} has a thread of its own; all else belongs to one thread. May import: {@code trail},
 * {@code jakarta.json}.
 */
@NullMarked
package io.certrail.scan.log;

import org.jspecify.annotations.NullMarked;
