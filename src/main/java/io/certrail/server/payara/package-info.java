/**
 * The adapter for Payara (Micro and Server): everything is hooked from inside the WAR, through Grizzly.
 *
 * <p>Types in reading order: {@link io.certrail.server.payara.PayaraAdapter} puts the hooks in and takes them out;
 * {@code PayaraListeners} finds the server's network listeners, again and again, {@code HookedListener} is one of them with
 * the hooks in, {@code HookContext} is what all hooks work with; {@code ConnectionHook} hears of connections,
 * {@code HandshakeHook} of handshakes, {@code ObservingTrustManager} sees the certificates presented,
 * {@code RequestHook} and {@code ParserHook} hear of requests, {@code ServedRequest} of the moment at which an answer
 * leaves; {@code ResetWatch} and {@code FrameWatch} hear what Grizzly tells its log alone; {@code OpenConnection} is what
 * they know together of one connection: {@code HandshakeCapture} of its handshake, {@code ArrivingHead} of the next request's
 * head, {@code ReceivedFrames} of HTTP/2.
 *
 * <p>The line of a handshake: {@code ConnectionHook.onAcceptEvent -> onReadEvent -> HandshakeHook.onStart ->
 * ObservingTrustManager -> HandshakeHook.onComplete/onFailure or ConnectionHook.onCloseEvent -> Verdicts -> Recorder}.
 * The line of a request: {@code ParserHook -> RequestHook.onRequestReceiveEvent -> (the application) ->
 * ServedRequest.onCommit -> RequestHook.onRequestCompleteEvent -> Recorder}; whoever comes first of the last two makes the
 * record.
 *
 * <p>Hooks run on Grizzly's threads. They never throw, and never wait, except {@code ServedRequest}, which waits for an
 * answer's record as the durability demands.
 */
@NullMarked
package io.certrail.server.payara;

import org.jspecify.annotations.NullMarked;
