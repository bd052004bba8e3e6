/**
 * The development PKI: a certificate authority that lives for a year in a folder, with one client certificate for each
 * verdict a server can reach. It is for one's own machine only: its keys lie in files and its password is in the source.
 *
 * <p>In reading order: {@link io.certrail.dev.pki.PkiFolder} is the layout, and the check, of any PKI folder, also of one
 * made elsewhere; {@link io.certrail.dev.pki.DevelopmentPki} makes a folder; {@link io.certrail.dev.pki.Client} lists its
 * clients; {@code Authority} issues certificates and revocation lists from a {@code Profile}; {@code Pem} and {@code
 * Pkcs12} write files.
 *
 * <p>Certificates and lists follow RFC 5280, key files RFC 5958 (PKCS#8) and RFC 7292 (PKCS#12). What an operator can put
 * right is a {@link io.certrail.dev.pki.PkiException}, whose message says how. All types are values or are used by one
 * thread.
 */
@NullMarked
package io.certrail.dev.pki;

import org.jspecify.annotations.NullMarked;
