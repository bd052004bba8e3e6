package io.certrail.servlet;

import io.certrail.event.CertificateFacts;
import io.certrail.tls.CertificateReader;
import java.security.cert.X509Certificate;

/** Reads the facts of a presented chain, leaf first. */
@FunctionalInterface
interface ReadCertificate {
    ReadCertificate STANDARD = CertificateReader::read;

    /** @param verified whether the trust manager accepted it */
    CertificateFacts read(X509Certificate[] chain, boolean verified);
}
