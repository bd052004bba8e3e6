/**
 * The self-check: the scanner inside of the server that it scans, made by a schedule, with its report kept in the trail's
 * folder.
 *
 * <p>Types in reading order: {@link io.certrail.scan.selfcheck.SelfCheckOptions}, when and how;
 * {@link io.certrail.scan.selfcheck.OwnServer}, what it must know of the server;
 * {@link io.certrail.scan.selfcheck.SelfCheck}, the schedule; {@code Check}, one of them; {@code OwnTrail}, the log that it
 * reads; {@code ReportFile}, where the last report is.
 *
 * <p>The bad certificates come from files alone: an authority's key, which could sign a client that this server accepts, has
 * no place on the server. What needs a certificate that there is no file of is reported as untested.
 *
 * <p>One check at a time, each bounded in time and memory; none touches recording, whatever goes wrong: that is logged, and
 * stands in the report. May import: the other packages of {@code scan}, {@code trail}.
 */
@NullMarked
package io.certrail.scan.selfcheck;

import org.jspecify.annotations.NullMarked;
