/**
 * An application that knows nothing of Certrail but one annotation: what the integration tests deploy with {@code
 * certrail-embed.jar} in its {@code WEB-INF/lib}.
 */
@NullMarked
package io.certrail.it.shop;

import org.jspecify.annotations.NullMarked;
