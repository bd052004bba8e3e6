/** The request log one writes by hand, which Certrail is measured against. Deployed in the naive variants only. */
@NullMarked
package io.certrail.bench.naive;

import org.jspecify.annotations.NullMarked;
