/**
 * The benchmarks that stay with the project: what Certrail costs a server, side by side with the bare server and with
 * the filter one writes by hand.
 *
 * <p>Types in reading order: {@link io.certrail.bench.Bench}, the command; {@link io.certrail.bench.Load}, a load
 * generator of its own for exact counts; {@link io.certrail.bench.ServerBenchmark} and
 * {@link io.certrail.bench.StartupBenchmark}, real servers measured in turns; {@link io.certrail.bench.Variant}, what
 * is compared, and {@link io.certrail.bench.Platform}, on which server. What is deployed on the servers
 * stands in {@code app} and {@code naive}, micro benchmarks in {@code jmh}.
 *
 * <p>{@code Load} and what it uses need nothing but the JDK. Servers listen on 127.0.0.1 only and end with the run.
 */
@NullMarked
package io.certrail.bench;

import org.jspecify.annotations.NullMarked;
