/** Verification beside the raw hash of the same bytes. */
@org.jspecify.annotations.NullMarked
package io.certrail.bench.verify;
