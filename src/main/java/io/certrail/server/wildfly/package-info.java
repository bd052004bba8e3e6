/**
 * The adapter for WildFly: requests are hooked from inside the WAR, through Undertow and XNIO; handshakes come from the
 * JSSE hook ({@code server.jsse}).
 *
 * <p>Types in reading order: {@link io.certrail.server.wildfly.WildflyAdapter} puts the hooks in and takes them out;
 * {@code WildflyListeners} finds the server's listeners, {@code HookedListener} is one of them with the hooks in ({@code
 * TappedAccepting}, or with the PROXY protocol {@code TappedOpening}; each a {@code HookLink}, as there may be other
 * applications with Certrail); {@code TappedConnection} is what is known of one connection, whose plain text
 * passes through {@code Inbound} and {@code Outbound} (and {@code WholeHeads}, which keeps Undertow from sending foreign
 * memory), and its TLS, while it shakes hands, through {@code SocketInbound} and {@code SocketOutbound}; {@code Http1Turn}
 * and {@code PendingHead} are HTTP/1.1, {@code Streams} is HTTP/2, {@code ConnectionFate} is its
 * end; {@code RequestHook} hears of every exchange, {@code ServedExchange} is one; {@link
 * io.certrail.server.wildfly.RequestHandover} hands it to the servlet filter.
 *
 * <p>The line of a request: {@code HookedListener (accepted) -> Inbound -> (the parser) -> RequestHook ->
 * (the application) -> ServedExchange.commit -> Outbound -> ServedExchange.complete -> Recorder}. A request that the
 * parser answers alone never reaches {@code RequestHook}: {@code Outbound} sees an answer that belongs to no exchange.
 * What is still open when the connection closes is recorded then.
 *
 * <p>Threads: what a connection reads and writes comes on its I/O thread, exchanges on workers. Hooks never throw. They
 * never wait on an I/O thread, not for an engine that shakes hands either, except where an application commits its answer on one: {@code RequestHook} moves every
 * exchange to a worker first, and {@code Outbound} holds back an answer of the parser's without waiting.
 *
 * <p>Loaded on WildFly only: its modules come from {@code Dependencies} in the manifest.
 */
@NullMarked
package io.certrail.server.wildfly;

import org.jspecify.annotations.NullMarked;
