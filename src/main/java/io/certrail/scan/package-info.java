/**
 * The scanner: provokes a mutual-TLS server with good and bad clients, reads what its log made of them, and tells what is
 * missing.
 *
 * <p>Types in reading order: {@link io.certrail.scan.Scan}, which runs one from its {@link io.certrail.scan.ScanOptions},
 * and {@link io.certrail.scan.Progress}, which hears of it. Below it: {@code scan.probe} (the clients), {@code scan.log} (the
 * log and its profiles), {@code scan.judge} (what the log made of the probes), {@code scan.finding} (the result),
 * {@code scan.settings} (the half that reads configuration), {@code scan.report} (the result written down),
 * {@code scan.pki} (certificates made for probes; the command line's alone).
 *
 * <p>It connects to the host that its options name and to no other, one connection at a time but for those that stall, with
 * a pause between them. What prevents a scan (no server, no TLS, no log) is a {@link io.certrail.scan.ScanException} that
 * says what to do; what a probe runs into is a result.
 *
 * <p>May import: {@code event}, {@code trail}, {@code jakarta.json}; {@code scan.pki} BouncyCastle.
 */
@NullMarked
package io.certrail.scan;

import org.jspecify.annotations.NullMarked;
