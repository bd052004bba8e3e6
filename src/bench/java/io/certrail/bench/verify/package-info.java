/** Verification beside the raw hash of the same bytes, and what grows with a trail. */
@org.jspecify.annotations.NullMarked
package io.certrail.bench.verify;
