/**
 * The JSSE hook: a security provider that watches the TLS of a server from below, on any server that takes its
 * {@code SSLContext} from the JDK. It is a jar of its own and knows nothing of the rest of Certrail. Who wants to hear
 * it finds it by name and gets types of the JDK only:
 *
 * <pre>{@code
 * if (Security.getProvider("Certrail") instanceof Flow.Publisher<?> publisher) …  // of Map<String, Object>
 * }</pre>
 *
 * <p>Types in reading order: {@link io.certrail.hook.CertrailProvider}, the provider and publisher;
 * {@link io.certrail.hook.HookAgent}, which installs it with {@code -javaagent}; {@code ObservingContext}, the
 * {@code SSLContext}; {@code ObservingEngine}, a delegating {@code SSLEngine}, and {@code SessionView}, its session;
 * {@code Conversation}, what is known of one connection; {@code HttpWatch}, its HTTP/1.1; {@code Watchdog}, the
 * deadline; {@code Facts} and {@code Subscriptions}, what is told and to whom.
 *
 * <h2>The contract: facts</h2>
 *
 * A fact is an immutable {@code Map<String, Object>}. What is unknown is left out. Arrays are shared: whoever gets one
 * does not change it. Every fact has
 *
 * <table>
 * <caption>in every fact</caption>
 * <tr><td>{@code fact}</td><td>String</td><td>{@code accepted}, {@code handshake}, {@code authenticated},
 *     {@code answered}, {@code closed}, {@code gap} or {@code fault}</td></tr>
 * <tr><td>{@code nanos}</td><td>Long</td><td>{@link java.lang.System#nanoTime()} when it happened</td></tr>
 * <tr><td>{@code time}</td><td>Instant</td><td>when it happened</td></tr>
 * <tr><td>{@code connection}</td><td>Long</td><td>the connection, unique in this JVM, from 1; not in {@code gap} and
 *     {@code fault}</td></tr>
 * </table>
 *
 * <p>The facts of one connection come in this order: {@code accepted}, {@code handshake} (exactly one), and only if its
 * verdict is {@code established} any number of {@code authenticated} and {@code answered} and one {@code closed}. A
 * consumer may forget the connection after any other verdict.
 *
 * <table>
 * <caption>{@code accepted}: a server has a connection. An engine made with the client's port counts as a connection
 * when it is put into server mode, one made without when its handshake begins.</caption>
 * <tr><td>{@code peerHost}</td><td>String</td><td>the client's address or host, as the server told the engine</td></tr>
 * <tr><td>{@code peerPort}</td><td>Integer</td><td>the client's port, likewise</td></tr>
 * </table>
 *
 * <table>
 * <caption>{@code handshake}: its verdict</caption>
 * <tr><td>{@code verdict}</td><td>String</td><td>{@code established}, {@code failed} (the engine threw),
 *     {@code closed} (one side gave up), {@code timeout} (the deadline passed; the engine throws from now
 *     on)</td></tr>
 * <tr><td>{@code closedBy}</td><td>String</td><td>with {@code closed}: {@code client} (the server told the engine first
 *     that nothing more comes in), {@code server} (it told it first that nothing more goes out), {@code nobody} (the
 *     engine was dropped)</td></tr>
 * <tr><td>{@code peerHost}, {@code peerPort}</td><td></td><td>as in {@code accepted}</td></tr>
 * <tr><td>{@code startedNanos}</td><td>Long</td><td>at the first byte, or at {@code accepted} if none
 *     came</td></tr>
 * <tr><td>{@code first}</td><td>byte[]</td><td>the first bytes that came from the client, at most 16384; with
 *     {@code established} its ClientHello</td></tr>
 * <tr><td>{@code received}</td><td>Long</td><td>how many came until the verdict</td></tr>
 * <tr><td>{@code last}</td><td>byte[]</td><td>the last of them, at most 64</td></tr>
 * <tr><td>{@code presented}</td><td>X509Certificate[]</td><td>the chain presented, also if it was refused; of a
 *     resumed session the one that it began with</td></tr>
 * <tr><td>{@code trusted}</td><td>Boolean</td><td>whether the trust manager accepted it, with {@code presented}; false
 *     also if it had not decided when the verdict fell, and then there is no {@code trustFailure}</td></tr>
 * <tr><td>{@code trustFailure}</td><td>Throwable</td><td>what the trust manager threw</td></tr>
 * <tr><td>{@code trustAnchors}</td><td>X509Certificate[]</td><td>whom the server trusts; with
 *     {@code trustFailure}</td></tr>
 * <tr><td>{@code failure}</td><td>Throwable</td><td>what the engine threw</td></tr>
 * <tr><td>{@code protocol}, {@code cipher}</td><td>String</td><td>JSSE's names of what was negotiated so far</td></tr>
 * <tr><td>{@code nextProtocol}</td><td>String</td><td>the ALPN identifier agreed; left out where none was</td></tr>
 * <tr><td>{@code resumed}</td><td>Boolean</td><td>with {@code established}: whether the certificate was not asked for
 *     again</td></tr>
 * <tr><td>{@code sessionId}</td><td>byte[]</td><td>with {@code established}: not unique, as sessions are
 *     resumed</td></tr>
 * <tr><td>{@code enabledProtocols}</td><td>String[]</td><td>JSSE's names; not with {@code established}</td></tr>
 * </table>
 *
 * <table>
 * <caption>{@code authenticated}: a later handshake on an established connection is done, and the session agreed has
 * another certificate than the one before, or none any more. Not told before the client has proven that it is its own;
 * told also of a session that was resumed.</caption>
 * <tr><td>{@code presented}</td><td>X509Certificate[]</td><td>the chain; left out if there is none</td></tr>
 * </table>
 *
 * <table>
 * <caption>{@code answered}: a final answer of HTTP/1.1 begins, not an interim one (1xx). Never of HTTP/2, nor after
 * 101 (switching protocols). Only for who wants it: a subscriber that is a {@link java.util.function.Predicate} of texts
 * is asked once, with this name, when it subscribes; any other wants it. And only of connections whose handshake was done
 * while somebody did; of others {@code closed} counts no answers and shows no head. A consumer that recorded fewer requests than {@code ordinal} on this connection missed
 * those that the server's parser answered alone.</caption>
 * <tr><td>{@code ordinal}</td><td>Integer</td><td>which answer of this connection it is, from 1</td></tr>
 * <tr><td>{@code status}</td><td>Integer</td><td>its status</td></tr>
 * <tr><td>{@code head}</td><td>byte[]</td><td>the beginning of the request that it answers, at most 16384 bytes: its
 *     head as far as it came; empty if the server answered though no request came</td></tr>
 * <tr><td>{@code headComplete}</td><td>Boolean</td><td>whether the head's empty line had come</td></tr>
 * <tr><td>{@code headBytes}</td><td>Long</td><td>how long the head was when the answer began, also beyond what is
 *     kept</td></tr>
 * <tr><td>{@code headNanos}</td><td>Long</td><td>at its first byte</td></tr>
 * </table>
 *
 * <table>
 * <caption>{@code closed}: the end of an established connection</caption>
 * <tr><td>{@code how}</td><td>String</td><td>{@code close_notify} (the client's), {@code eof} (the server told the
 *     engine that nothing more comes in, and no close_notify had come), {@code failed} (the engine threw),
 *     {@code server} (it closed first), {@code abandoned} (the engine was dropped). A reset cannot be seen
 *     here.</td></tr>
 * <tr><td>{@code failure}</td><td>Throwable</td><td>with {@code failed}</td></tr>
 * <tr><td>{@code plaintextIn}, {@code plaintextOut}</td><td>Long</td><td>bytes of the application</td></tr>
 * <tr><td>{@code answers}</td><td>Integer</td><td>the ordinal of the last {@code answered}</td></tr>
 * <tr><td>{@code unanswered}</td><td>Integer</td><td>requests whose head was complete, and no answer began</td></tr>
 * <tr><td>{@code head}, {@code headBytes}, {@code headNanos}</td><td></td><td>of an unfinished request head, as in
 *     {@code answered}; left out if there is none</td></tr>
 * </table>
 *
 * <table>
 * <caption>{@code gap}: facts were dropped, because the buffer was full and nobody subscribed or the subscriber was
 * slow, or because the hook failed, as for want of memory. Comes before the first fact after them. The end of any connection
 * may be among them: a consumer forgets those of which nothing more is heard.</caption>
 * <tr><td>{@code count}</td><td>Long</td><td>how many facts</td></tr>
 * <tr><td>{@code handshakes}</td><td>Long</td><td>how many of them were {@code handshake}</td></tr>
 * <tr><td>{@code from}, {@code to}</td><td>Instant</td><td>of the first and the last of them</td></tr>
 * <tr><td>{@code cause}</td><td>String</td><td>in words</td></tr>
 * </table>
 *
 * <table>
 * <caption>{@code fault}: the hook itself failed, and nobody was disturbed</caption>
 * <tr><td>{@code count}</td><td>Long</td><td>how often, since the subscriber was told last</td></tr>
 * <tr><td>{@code cause}</td><td>Throwable</td><td>the last one</td></tr>
 * </table>
 *
 * <h2>The contract: the session</h2>
 *
 * {@code engine.getSession()} and {@code getHandshakeSession()} of a watched engine are views of the JDK's session that
 * belong to that engine alone, also where connections share a session. Beyond the session's own values they have
 *
 * <table>
 * <caption>values of a session</caption>
 * <tr><td>{@code io.certrail.connection}</td><td>Long</td><td>the connection</td></tr>
 * <tr><td>{@code io.certrail.handshake}</td><td>Map</td><td>the {@code handshake} fact once there is one: so that the
 *     first request need not wait until it was delivered. May be removed.</td></tr>
 * <tr><td>{@code io.certrail.authenticated}</td><td>Map</td><td>the last {@code authenticated} fact once there is
 *     one</td></tr>
 * <tr><td>{@code io.certrail.failure}</td><td>Throwable</td><td>what the engine threw after the handshake, once it did</td></tr>
 * <tr><td>{@code io.certrail.closed}</td><td>Boolean</td><td>true once the {@code closed} fact was made, which may have been
 *     delivered already</td></tr>
 * </table>
 *
 * <h2>Rules</h2>
 *
 * <ul>
 *   <li>The hook never breaks, delays or decides a handshake, with one exception that can be configured: the deadline.
 *       What fails in it is caught and told as {@code fault}. To publish never waits.
 *   <li>An engine is asked only in its server's own calls, with none of the hook's locks held: the JDK holds the engine's
 *       lock while a trust manager is asked, which may wait for an OCSP responder longer than the deadline.
 *   <li>Engines in client mode are passed through. Not watched: {@code SSLSocket} and {@code SSLServerSocket}, DTLS, and
 *       contexts of other providers than SunJSSE. Trust managers that are no {@code X509ExtendedTrustManager}, and that of
 *       {@code SSLContext.getDefault()}, are not wrapped: what a client presented is then only known where it was accepted.
 *   <li>Facts from before anybody subscribed are kept, within bounds, for the first who does. Each subscriber has a
 *       queue and a thread of its own; {@value io.certrail.hook.Subscriptions#MOST} may subscribe at a time. What the
 *       last one to cancel had not yet got is kept for the next.
 * </ul>
 *
 * <p>May import: the JDK (and annotations that are not needed at run time).
 *
 * <p>Sources: RFC 8446 (TLS 1.3), RFC 9112 (HTTP/1.1), JSSE's {@code SSLEngine}, the Reactive Streams rules of
 * {@link java.util.concurrent.Flow}.
 */
@NullMarked
package io.certrail.hook;

import org.jspecify.annotations.NullMarked;
