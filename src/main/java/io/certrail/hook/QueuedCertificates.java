package io.certrail.hook;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.IdentityHashMap;

/**
 * The certificates of the facts in a queue, and how much memory they take: each once, as the JDK has one object of those
 * that it read before, such as issuers' and those of clients that come again. Guarded by its owner.
 */
final class QueuedCertificates {
    /** How much more memory the JDK's object takes than the encoded certificate, which is a part of it. */
    private static final long CERTIFICATE_FACTOR = 4;

    private final IdentityHashMap<X509Certificate, Use> uses = new IdentityHashMap<>();
    private long bytes;

    private static final class Use {
        private final long weight;
        private int count;

        Use(long weight) {
            this.weight = weight;
        }
    }

    /** How much memory they take, in bytes, roughly. */
    long bytes() {
        return bytes;
    }

    /** A fact with these comes into the queue. None of them does if this throws. */
    void add(X509Certificate[] chain) {
        int added = 0;
        try {
            for (; added < chain.length; added++) {
                add(chain[added]);
            }
        } catch (Throwable e) {
            remove(chain, added);
            throw e;
        }
    }

    private void add(X509Certificate certificate) {
        Use use = uses.get(certificate);
        if (use == null) {
            use = new Use(weight(certificate));
            uses.put(certificate, use);
            bytes += use.weight;
        }
        use.count++;
    }

    /** A fact with these leaves the queue. */
    void remove(X509Certificate[] chain) {
        remove(chain, chain.length);
    }

    private void remove(X509Certificate[] chain, int length) {
        for (int i = 0; i < length; i++) {
            Use use = uses.get(chain[i]);
            if (use != null && --use.count == 0) {
                uses.remove(chain[i]);
                bytes -= use.weight;
            }
        }
    }

    private static long weight(X509Certificate certificate) {
        try {
            return CERTIFICATE_FACTOR * certificate.getEncoded().length;
        } catch (CertificateEncodingException e) {
            return 0; // it weighs what everything does
        }
    }
}
