/**
 * The framing layer of HTTP/2 (RFC 9113) as a bystander sees it, the same on every server:
 * {@link io.certrail.server.http2.FrameScanner} walks over the frames of one direction,
 * {@link io.certrail.server.http2.FrameRules} tells which rule a client's frames break,
 * {@link io.certrail.server.http2.OpenedStreams} which streams wait for the server after its {@code Preface},
 * {@link io.certrail.server.http2.StatusField} with what status it answers one, and
 * {@link io.certrail.server.http2.ErrorCode} has the names of the errors with which servers answer. Headers stay compressed, but
 * those of a block that the server refuses: {@code HeaderBlock} and {@code HeaderFields} find its
 * {@link io.certrail.server.http2.HeaderFault}. May import: nothing.
 */
@NullMarked
package io.certrail.server.http2;

import org.jspecify.annotations.NullMarked;
