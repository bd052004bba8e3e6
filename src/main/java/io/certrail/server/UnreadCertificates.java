package io.certrail.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CRL;
import java.security.cert.CRLException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateFactorySpi;
import java.util.Collection;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the certificates that the JDK's TLS cannot read, by what it throws: with TLS 1.3 they come encrypted, and the
 * engine refuses them before it asks any trust manager, so that nobody else sees whose they claim to be. Watches the
 * certificate factory of handshakes alone, and changes nothing that it reads or throws.
 */
public final class UnreadCertificates extends FirstProvider {
    private static final long serialVersionUID = 1;
    private static final String SERVICE = "CertificateFactory";
    private static final String ALGORITHM = "X.509";
    /** The class of the JDK's that reads the Certificate message (RFC 8446 section 4.4.2). */
    private static final String READER = "sun.security.ssl.CertificateMessage";
    /** Most that are kept for those who judge, which they do at once. */
    private static final int MOST = 256;

    private static final int MOST_CAUSES = 16;

    private static final byte[] NONE = {};

    /** The client's own certificate, by what was thrown while its chain was read. */
    private final transient Map<Throwable, byte[]> own = new WeakHashMap<>();

    /** @param bootId of this deployment's */
    public UnreadCertificates(String bootId) {
        super("Certrail-certificates-" + bootId, "keeps the certificates that TLS cannot read");
    }

    /**
     * The client's own certificate, DER, of a chain that the engine could not read; once. Empty if that is not why the
     * handshake failed.
     */
    public byte[] take(@Nullable Throwable failure) {
        synchronized (own) {
            Throwable cause = failure;
            for (int depth = 0; cause != null && depth < MOST_CAUSES && !own.isEmpty(); depth++) {
                byte[] certificate = own.remove(cause);
                if (certificate != null) {
                    return certificate;
                }
                cause = cause.getCause();
            }
        }
        return NONE;
    }

    private void keep(Exception thrown, byte[] certificate) {
        synchronized (own) {
            if (own.size() < MOST) {
                own.put(thrown, certificate);
            }
        }
    }

    @Override
    protected @Nullable Service serve(String type, String algorithm) {
        return type.equals(SERVICE) && algorithm.equals(ALGORITHM) && isAskedBy(READER) ? new WatchedService() : null;
    }

    private final class WatchedService extends Service {
        WatchedService() {
            super(UnreadCertificates.this, SERVICE, ALGORITHM, WatchedFactory.class.getName(), null, null);
        }

        @Override
        public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
            try {
                return new WatchedFactory(CertificateFactory.getInstance(ALGORITHM, next(SERVICE, ALGORITHM)));
            } catch (CertificateException e) {
                throw new NoSuchAlgorithmException(e);
            }
        }
    }

    /** Reads one chain as the next provider does. */
    private final class WatchedFactory extends CertificateFactorySpi {
        private final CertificateFactory factory;
        private byte @Nullable [] first;

        WatchedFactory(CertificateFactory factory) {
            this.factory = factory;
        }

        @Override
        public Certificate engineGenerateCertificate(InputStream in) throws CertificateException {
            byte[] certificate = read(in);
            byte[] clients = first == null ? certificate : first;
            first = clients;
            try {
                return factory.generateCertificate(new ByteArrayInputStream(certificate));
            } catch (CertificateException | RuntimeException e) {
                keep(e, clients);
                throw e;
            }
        }

        private static byte[] read(InputStream in) throws CertificateException {
            try {
                return in.readAllBytes();
            } catch (IOException e) {
                throw new CertificateException(e);
            }
        }

        @Override
        public Collection<? extends Certificate> engineGenerateCertificates(InputStream in)
                throws CertificateException {
            return factory.generateCertificates(in);
        }

        @Override
        public CRL engineGenerateCRL(InputStream in) throws CRLException {
            return factory.generateCRL(in);
        }

        @Override
        public Collection<? extends CRL> engineGenerateCRLs(InputStream in) throws CRLException {
            return factory.generateCRLs(in);
        }
    }
}
