/**
 * The command {@code certrail}: {@code java -jar certrail-cli.jar}. In no other artifact.
 *
 * <p>Types in reading order: {@link io.certrail.cli.Certrail}, the command with the list of its subcommands;
 * {@code Output}, where a subcommand prints; {@code ExitStatus}, how it ends; then a class a subcommand;
 * {@code KeptNotes}, the checkpoints that {@code verify} is given.
 *
 * <p>A subcommand reads its arguments, asks another package to do the work, and prints what that gave. It throws what it
 * cannot read ({@link java.io.IOException}): that is printed in one line and ends the process with a status of its own.
 * Each runs on one thread. May import: {@code event}, {@code tls}, {@code trail}, {@code tlog}, {@code verify},
 * {@code scan}, and of {@code recorder} what words the trail's records about itself.
 */
@NullMarked
package io.certrail.cli;

import org.jspecify.annotations.NullMarked;
