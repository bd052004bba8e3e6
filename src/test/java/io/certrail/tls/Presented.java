package io.certrail.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/** Presents one chain, also to a server that asks for others; or each time what it is told to. */
public final class Presented extends X509ExtendedKeyManager {
    private static final String ALIAS = "presented";

    private final Supplier<Credential> credential;

    private record Credential(PrivateKey key, X509Certificate... chain) {}

    public Presented(PrivateKey key, X509Certificate... chain) {
        this(new Credential(key, chain.clone()));
    }

    private Presented(Credential one) {
        credential = () -> one;
    }

    /** @param identity tells whose certificate to present; none while it is {@code null} */
    public Presented(Supplier<TestPki.Identity> identity) {
        credential = () -> {
            TestPki.Identity who = identity.get();
            return who == null ? null : new Credential(who.key(), who.certificate());
        };
    }

    private String alias() {
        return credential.get() == null ? null : ALIAS;
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
        return alias();
    }

    @Override
    public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
        return alias();
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return credential.get().chain();
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return credential.get().key();
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
        return new String[0];
    }

    @Override
    public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
        return ALIAS;
    }
}
