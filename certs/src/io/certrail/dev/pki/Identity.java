package io.certrail.dev.pki;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A private key with the chain that its owner sends, leaf first, without the root.
 */
record Identity(PrivateKey key, List<X509Certificate> chain) {
    Identity {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a chain holds at least the leaf");
        }
    }

    X509Certificate leaf() {
        return chain.get(0);
    }
}
