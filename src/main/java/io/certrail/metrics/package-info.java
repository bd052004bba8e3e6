/**
 * Measurements and health: what happened, how often and how long it took, for Prometheus and for probes.
 *
 * <p>Types in reading order: {@link io.certrail.metrics.Meters}, where measurements are shown, and
 * {@link io.certrail.metrics.Meter}, the table of their names; {@link io.certrail.metrics.Measurements}, all that is
 * measured, from its start to its end; {@link io.certrail.metrics.CurrentRecorder}, what health looks at. Inside: {@code RecordMeters} (counts what is recorded), {@code TrailMeters}
 * (what the trail tells), {@code Distribution} (a histogram), {@code ReasonLabels} (the closed set of reasons),
 * {@code MicroProfileMeters} (MicroProfile Metrics), {@code TrailReadiness} and {@code DeployedLiveness} (MicroProfile
 * Health).
 *
 * <p>A label's value always comes from a closed set: nothing that a client sends becomes one. What counts runs on the
 * threads that serve requests, looks nothing up in a registry, and does not block. On a server without MicroProfile
 * Metrics or Health nothing is shown, and everything else works: the beans that need them cannot be loaded, and CDI
 * leaves them out. May import: {@code event}, {@code recorder}, {@code trail} (its meter, counts and status),
 * MicroProfile Metrics and Health, CDI.
 */
@NullMarked
package io.certrail.metrics;

import org.jspecify.annotations.NullMarked;
