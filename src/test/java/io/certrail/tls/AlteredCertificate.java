package io.certrail.tls;

import java.math.BigInteger;
import java.security.Principal;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Date;
import java.util.Set;

/** A certificate that is presented with other bytes than its own, which no JDK reads. */
public final class AlteredCertificate extends X509Certificate {
    private static final byte[] KEY_USAGE = {0x06, 0x03, 0x55, 0x1D, 0x0F};
    private static final int OCTET_STRING = 0x04;
    private static final int NULL = 0x05;

    private final transient X509Certificate certificate;
    private final byte[] sent;

    private AlteredCertificate(X509Certificate certificate, byte[] sent) {
        this.certificate = certificate;
        this.sent = sent;
    }

    /** Sent as these bytes. */
    public static AlteredCertificate of(X509Certificate certificate, byte[] sent) {
        return new AlteredCertificate(certificate, sent.clone());
    }

    /** Sent with a key usage that has no value: all before it can be read. */
    public static AlteredCertificate of(X509Certificate certificate) throws Exception {
        byte[] der = certificate.getEncoded();
        for (int i = 0; i < der.length - KEY_USAGE.length; i++) {
            if (Arrays.equals(der, i, i + KEY_USAGE.length, KEY_USAGE, 0, KEY_USAGE.length)) {
                int value = i + KEY_USAGE.length;
                while (der[value] != OCTET_STRING) {
                    value++;
                }
                der[value] = NULL;
                return new AlteredCertificate(certificate, der);
            }
        }
        throw new IllegalArgumentException("no key usage");
    }

    @Override
    public byte[] getEncoded() {
        return sent.clone();
    }

    @Override
    public PublicKey getPublicKey() {
        return certificate.getPublicKey();
    }

    @Override
    public int getVersion() {
        return certificate.getVersion();
    }

    @Override
    public BigInteger getSerialNumber() {
        return certificate.getSerialNumber();
    }

    @Override
    @Deprecated
    public Principal getIssuerDN() {
        return certificate.getIssuerX500Principal();
    }

    @Override
    @Deprecated
    public Principal getSubjectDN() {
        return certificate.getSubjectX500Principal();
    }

    @Override
    public Date getNotBefore() {
        return certificate.getNotBefore();
    }

    @Override
    public Date getNotAfter() {
        return certificate.getNotAfter();
    }

    @Override
    public byte[] getTBSCertificate() {
        return sent.clone();
    }

    @Override
    public byte[] getSignature() {
        return certificate.getSignature();
    }

    @Override
    public String getSigAlgName() {
        return certificate.getSigAlgName();
    }

    @Override
    public String getSigAlgOID() {
        return certificate.getSigAlgOID();
    }

    @Override
    public byte[] getSigAlgParams() {
        return certificate.getSigAlgParams();
    }

    @Override
    public boolean[] getIssuerUniqueID() {
        return certificate.getIssuerUniqueID();
    }

    @Override
    public boolean[] getSubjectUniqueID() {
        return certificate.getSubjectUniqueID();
    }

    @Override
    public boolean[] getKeyUsage() {
        return certificate.getKeyUsage();
    }

    @Override
    public int getBasicConstraints() {
        return certificate.getBasicConstraints();
    }

    @Override
    public void checkValidity() {
        // good for ever
    }

    @Override
    public void checkValidity(Date date) {
        // good for ever
    }

    @Override
    public void verify(PublicKey key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void verify(PublicKey key, String provider) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String toString() {
        return "altered " + certificate.getSubjectX500Principal();
    }

    @Override
    public boolean hasUnsupportedCriticalExtension() {
        return certificate.hasUnsupportedCriticalExtension();
    }

    @Override
    public Set<String> getCriticalExtensionOIDs() {
        return certificate.getCriticalExtensionOIDs();
    }

    @Override
    public Set<String> getNonCriticalExtensionOIDs() {
        return certificate.getNonCriticalExtensionOIDs();
    }

    @Override
    public byte[] getExtensionValue(String oid) {
        return certificate.getExtensionValue(oid);
    }
}
