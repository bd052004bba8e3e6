/**
 * What a scan finds: its vocabulary, without a way to get it.
 *
 * <p>Types in reading order: {@link io.certrail.scan.finding.Signal}, the classes of happenings that a log should tell;
 * {@link io.certrail.scan.finding.Check}, what is asked of the log about each of them, and
 * {@link io.certrail.scan.finding.Grade}, the answer; {@link io.certrail.scan.finding.Clause}, the standards;
 * {@link io.certrail.scan.finding.Finding} with its {@link io.certrail.scan.finding.Severity} and
 * {@link io.certrail.scan.finding.Evidence}; {@link io.certrail.scan.finding.ScanReport}, all of a scan.
 *
 * <p>Everything here is immutable. May import: the JDK.
 */
@NullMarked
package io.certrail.scan.finding;

import org.jspecify.annotations.NullMarked;
