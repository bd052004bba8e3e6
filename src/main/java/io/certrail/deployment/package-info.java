/**
 * The composition root: starts all that Certrail is in an application, and stops it.
 *
 * <p>Types in reading order: {@link io.certrail.deployment.CertrailListener}, which the deployment descriptor names;
 * {@code CertrailApplication}, the CDI bean that owns everything and gives it to who injects it; {@code Running}, what
 * runs from start to end; {@code Undo}, which takes back what was begun; {@code OwnClasses}, which makes sure that
 * the end can be reached; {@code Surroundings}, what runs here; {@code ToldSettings}, how it is configured, on record.
 *
 * <p>Whoever comes first starts it, once: the listener, or a bean that records before any listener was called. A
 * failure to start undoes what was begun and stops the deployment with one message. The hooks leave the server with the
 * web application, the trail is closed after its beans; then nothing is left: no thread, no hook, no metric. May import all other packages; none imports this one.
 */
@NullMarked
package io.certrail.deployment;

import org.jspecify.annotations.NullMarked;
