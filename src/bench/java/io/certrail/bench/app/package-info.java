/** The application that all variants of the server benchmark serve: one tiny JAX-RS resource. */
@NullMarked
package io.certrail.bench.app;

import org.jspecify.annotations.NullMarked;
