/**
 * Certificates that a scan makes: {@link io.certrail.scan.pki.MadeCredentials}, and in it {@code Issuer}, which signs with
 * BouncyCastle. Only the command line has this package: no server needs it, and {@code certrail.war} does not hold it.
 *
 * <p>Sections followed: RFC 5280 sections 4.1 and 4.2. May import: {@code scan.probe}, BouncyCastle.
 */
@NullMarked
package io.certrail.scan.pki;

import org.jspecify.annotations.NullMarked;
