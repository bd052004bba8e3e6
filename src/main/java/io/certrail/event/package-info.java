/**
 * The records: what Certrail says about a handshake, a request, an invocation, an application's event and about itself.
 *
 * <p>Types in reading order: {@link io.certrail.event.AuditEvent} and its variants; {@link io.certrail.event.Outcome},
 * {@link io.certrail.event.Reason} and {@link io.certrail.event.Fault}, the verdict;
 * {@link io.certrail.event.ConnectionFacts}, {@link io.certrail.event.TlsFacts} and
 * {@link io.certrail.event.CertificateFacts}, who was at the other end;
 * {@link io.certrail.event.AuditRecord}, an event with its place in the trail, which JSON-B writes;
 * {@link io.certrail.event.RecordEncoder}, which writes the same bytes without allocating;
 * {@link io.certrail.event.DurationText}, times of the configuration as a record tells them.
 *
 * <p>Field names are those of the OpenTelemetry semantic conventions, else of the Elastic Common Schema, else ours.
 * What is not known is left out. Text that came from the network is bounded here and escaped on the way out, so that
 * a record is always one line and fools no terminal.
 *
 * <p>Everything here is immutable and safe to share between threads, except {@code RecordEncoder}, which belongs to
 * one thread. May import: {@code jakarta.json}, {@code jakarta.json.bind}.
 */
@NullMarked
package io.certrail.event;

import org.jspecify.annotations.NullMarked;
