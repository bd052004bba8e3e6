/**
 * The adapter for every server whose TLS comes from the JDK and is watched by the JSSE hook ({@code
 * certrail-hook.jar}): it hears the hook's facts and makes the handshakes' records of them. Adapters of single servers
 * build on it, who join their requests to its connections.
 *
 * <p>Types in reading order: {@link io.certrail.server.jsse.JsseHook}, the subscription;
 * {@link io.certrail.server.jsse.HookConnections} and {@link io.certrail.server.jsse.HookedConnection}, the connections
 * that are open, and {@link io.certrail.server.jsse.HookListener}, for who wants to hear of them; {@code HookFact}, a
 * fact as the hook's contract describes it; {@code RequestSessions} and {@code LoneAnswers}, what there is to do about
 * requests on a server without an adapter of its own.
 *
 * <p>Facts arrive on a thread of the hook's, in order. The hook's classes are never imported: both sides know only the
 * JDK's types and the contract. May import: {@code event}, {@code tls}, {@code recorder}.
 */
@NullMarked
package io.certrail.server.jsse;

import org.jspecify.annotations.NullMarked;
