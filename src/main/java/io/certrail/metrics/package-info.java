/**
 * Measurements and health: what happened, how often and how long it took, for Prometheus and for probes.
 *
 * <p>Types in reading order: {@link io.certrail.metrics.Meters}, where measurements are shown, and
 * {@link io.certrail.metrics.Meter}, the table of their names; {@link io.certrail.metrics.Measurements}, all that is
 * measured, from its start to its end; {@link io.certrail.metrics.ServerMeters}, which finds where this server shows
 * them: {@code MicroProfileMeters}, {@code MicrometerMeters} (with {@code WildFlyRegistry}), or {@code TextMeters} with
 * {@link io.certrail.metrics.MetricsServlet}. Inside: {@code RecordMeters} (counts what is recorded),
 * {@code TrailMeters} (what the trail tells), {@code SinkMeters} (what the sinks tell), {@code Distribution} (a histogram), {@code ReasonLabels} (the closed set
 * of reasons). Health: {@code Condition}, which {@code HealthChecks} tell MicroProfile
 * Health, and {@link io.certrail.metrics.HealthServlet} tells where that is not; {@link io.certrail.metrics.Endpoints} maps both servlets; {@link
 * io.certrail.metrics.CurrentRecorder}, what health looks at.
 *
 * <p>Names, labels and values are the same wherever they are shown. A label's value always comes from a closed set:
 * nothing that a client sends becomes one. What counts runs on the threads that serve requests, looks nothing up in a
 * registry, and does not block. A server may lack MicroProfile Metrics, MicroProfile Health and Micrometer: classes that
 * need them are touched by nobody then, and CDI leaves {@code HealthChecks} out. May import: {@code event},
 * {@code recorder}, {@code trail} (its meter, counts and status), {@code sink} (the same), MicroProfile Metrics and Health, Micrometer, Servlet,
 * JSON-P, CDI.
 */
@NullMarked
package io.certrail.metrics;

import org.jspecify.annotations.NullMarked;
