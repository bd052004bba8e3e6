/**
 * The half of a scan that connects to nobody: reads the server's configuration, Certrail's own, the permissions of the
 * log, and how its machine's clock is kept, for what no probe can see.
 *
 * <p>Types in reading order: {@link io.certrail.scan.settings.Settings}, which tells what kind a file is and asks;
 * {@code Rule}, what can be wrong; {@code PayaraSettings}, {@code WildFlySettings}, which judge TLS listeners, {@code Expression};
 * {@code CertrailRules}, Certrail's properties; {@code Permissions}, who may read and change the log; {@code HostClock}, the
 * clock.
 *
 * <p>XML is read without entities and without anything from elsewhere. Values in {@code ${…}} are taken as their
 * defaults, or else as set: what they resolve to only the server knows. May import: {@code scan.finding}, {@code event}.
 */
@NullMarked
package io.certrail.scan.settings;

import org.jspecify.annotations.NullMarked;
