/**
 * The clients of a scan: each probe is one connection that does one thing right or wrong, and tells what it saw.
 *
 * <p>Types in reading order: {@link io.certrail.scan.probe.Target}, what is probed; {@link io.certrail.scan.probe.Probe}
 * and {@link io.certrail.scan.probe.Expected}, what is done and what a good log would say of it;
 * {@link io.certrail.scan.probe.ProbeCatalog}, all of them; {@link io.certrail.scan.probe.Credentials}, the certificates
 * that they present; {@link io.certrail.scan.probe.Attempt}, one connection; {@link io.certrail.scan.probe.Sighting}, what
 * came of it.
 *
 * <p>A probe never throws: what goes wrong is what the client saw. Every wait is bounded, every answer is read up to
 * {@value io.certrail.scan.probe.Attempt#MAX_ANSWER} bytes. Nothing knows the log.
 *
 * <p>Sections followed: RFC 5246 section 7.4.1.2 and RFC 8446 sections 4.1.2 and 6 (hellos made by hand, alerts), RFC 9112
 * (requests, good and bad).
 *
 * <p>An attempt belongs to one thread. May import: the JDK.
 */
@NullMarked
package io.certrail.scan.probe;

import org.jspecify.annotations.NullMarked;
