/**
 * The verifier: is a trail intact, and is it complete? It gives findings, not exceptions.
 *
 * <p>Types in reading order: {@link io.certrail.verify.Verdict}, {@link io.certrail.verify.Severity} and
 * {@link io.certrail.verify.Place}, what a finding says.
 *
 * <p>May import: {@code event}, {@code trail}, {@code tlog}.
 */
@NullMarked
package io.certrail.verify;

import org.jspecify.annotations.NullMarked;
