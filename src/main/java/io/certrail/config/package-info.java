/**
 * Configuration: from MicroProfile Config to the options records of the other packages.
 *
 * <p>Types in reading order: {@link io.certrail.config.CertrailConfig}, all that is configured;
 * {@link io.certrail.config.ConfigKey}, the one table of keys, which the README shows;
 * {@link io.certrail.config.Setting}, a key's value in force and where it comes from;
 * {@link io.certrail.config.InvalidConfigException}, which stops the deployment.
 *
 * <p>There is no silent default: a value that cannot be read and a key that does not exist are errors. Everything here
 * is read once, at start, by one thread; what it gives is immutable. May import: {@code recorder}, {@code trail},
 * {@code index}, {@code sink} (their options), MicroProfile Config.
 */
@NullMarked
package io.certrail.config;

import org.jspecify.annotations.NullMarked;
