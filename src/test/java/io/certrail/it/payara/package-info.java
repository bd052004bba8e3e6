/**
 * What is Payara Micro's own in the integration tests: how Arquillian starts it with mutual TLS,
 * and how applications of a running one are replaced. The tests themselves know
 * {@code io.certrail.it} only.
 */
@NullMarked
package io.certrail.it.payara;

import org.jspecify.annotations.NullMarked;
