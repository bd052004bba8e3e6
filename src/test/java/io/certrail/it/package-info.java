/**
 * Certrail on a real server with mutual TLS, judged by the records in its trail.
 *
 * <p>In reading order: {@code Site}, where everything of a run is; {@code Certificates} and {@code Presented}, what clients
 * present; {@code TlsClient} and {@code Connection}, what they say; {@code Records} and {@code Line}, what the trail says;
 * {@code OnServer}, a test of the WAR on the server that Arquillian starts; then the tests. What is one server's own is in
 * a package below.
 *
 * <p>Nothing waits for time to pass: records are waited for by looking, with a generous bound. Each test finds its own
 * records, by the port of its connection or the id of its request, among those written after it began.
 */
@NullMarked
package io.certrail.it;

import org.jspecify.annotations.NullMarked;
