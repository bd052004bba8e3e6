/**
 * A server as a child process, as {@code mvn -Prun} shows it, the integration tests use it and the benchmark measures
 * it.
 *
 * <p>In reading order: {@link io.certrail.dev.ServerOptions} is all that can be chosen; {@link io.certrail.dev.Product} is a
 * server as it is downloaded, {@link io.certrail.dev.PayaraMicro}, {@link io.certrail.dev.PayaraServer} with
 * {@code ConfiguredDomain} and {@code Asadmin}, and {@link io.certrail.dev.WildFly} with {@code ConfiguredWildFly} are those
 * there are; {@link io.certrail.dev.Server} is one that runs; {@code ServerOutput} reads
 * what it prints, in its {@code Speech}, and so finds when it is ready; {@code ParentWatch} runs inside the server and stops
 * it when its parent is gone; {@link io.certrail.dev.Run} is the main class of the profile, {@code RunOptions} what Maven's
 * command line says, {@code StopSignals} takes Ctrl-C, and {@code Advice} is what a person is told to try.
 *
 * <p>What the operator can put right is a {@link io.certrail.dev.StartException}, whose message is one line and says how.
 */
@NullMarked
package io.certrail.dev;

import org.jspecify.annotations.NullMarked;
