/**
 * How Arquillian starts the server that the integration tests run on, whichever it is, and how an application of a running
 * Payara is replaced. The tests themselves know {@code io.certrail.it} only.
 */
@NullMarked
package io.certrail.it.server;

import org.jspecify.annotations.NullMarked;
