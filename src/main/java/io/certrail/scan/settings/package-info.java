/**
 * The half of a scan that connects to nobody: reads the server's configuration, Certrail's own, and the permissions of the
 * log, for what no probe can see.
 *
 * <p>Types in reading order: {@link io.certrail.scan.settings.Settings}, which tells what kind a file is and asks;
 * {@code Listener} and {@code ListenerRules}, a TLS listener whatever server declares it; {@code PayaraSettings},
 * {@code WildFlySettings}, which find listeners; {@code CertrailRules}, Certrail's properties;
 * {@link io.certrail.scan.settings.Permissions}, who may read and change the log.
 *
 * <p>XML is read without entities and without anything from elsewhere. Values in {@code ${…}} are taken as set: what they
 * resolve to only the server knows. May import: {@code scan.finding}.
 */
@NullMarked
package io.certrail.scan.settings;

import org.jspecify.annotations.NullMarked;
