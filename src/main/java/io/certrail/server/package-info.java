/**
 * Server adapters: what only a server's own hooks can see. {@link io.certrail.server.ServerAdapter} is one of them at
 * work; {@link io.certrail.server.ServerAdapters} chooses it by what is there. {@link io.certrail.server.HandshakeRecords},
 * {@link io.certrail.server.UnheardRequests}, {@link io.certrail.server.ConnectionEnd},
 * {@link io.certrail.server.ConnectionFaults} and {@link io.certrail.server.BrokenHead} are what they share: the same
 * records in the same words everywhere; {@link io.certrail.server.ListenerWatch} finds listeners that were made anew. Each
 * server has a package of its own below this one, and nothing outside those packages imports a server's classes.
 *
 * <p>An adapter never breaks, delays or decides a handshake or a request: it catches everything of its own, counts it
 * ({@code Recorder.hookFailed}) and goes on. May import: {@code event}, {@code tls}, {@code recorder}.
 */
@NullMarked
package io.certrail.server;

import org.jspecify.annotations.NullMarked;
