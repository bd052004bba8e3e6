/**
 * What is Payara Micro's own in the integration tests: how Arquillian starts it with mutual TLS. The tests themselves know
 * {@code io.certrail.it} only.
 */
@NullMarked
package io.certrail.it.payara;

import org.jspecify.annotations.NullMarked;
