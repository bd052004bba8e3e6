package io.certrail.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Security;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Between those who ask and these tests stands a class of the JDK's, as in a handshake. */
class FirstProviderTest {
    private static final String NAME = "Certrail-certificates-test";
    private static final String X509 = "X.509";

    /** Serves those whom a task's own class asks for. */
    private static final class OfTasks extends FirstProvider {
        private static final long serialVersionUID = 1;

        OfTasks() {
            super(NAME, "a test");
        }

        @Override
        protected Service serve(String type, String algorithm) {
            return type.equals("CertificateFactory") && isAskedBy(FutureTask.class.getName())
                    ? new Service(this, type, algorithm, "none", null, null) {
                        @Override
                        public Object newInstance(Object parameter) {
                            try {
                                return next(type, algorithm)
                                        .getService(type, algorithm)
                                        .newInstance(parameter);
                            } catch (java.security.NoSuchAlgorithmException e) {
                                throw new IllegalStateException(e);
                            }
                        }
                    }
                    : null;
        }
    }

    private static String asked(Callable<CertificateFactory> asking) throws Exception {
        FutureTask<CertificateFactory> task = new FutureTask<>(asking);
        task.run();
        return task.get().getProvider().getName();
    }

    private static CertificateFactory factory(String algorithm) {
        try {
            return CertificateFactory.getInstance(algorithm);
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void onlyWhoAsksIsServedAndNobodyThatItCalls() throws Exception {
        String usual = asked(() -> factory(X509));
        try (OfTasks provider = new OfTasks()) {
            provider.install();

            assertThat(asked(() -> factory(X509))).isEqualTo(NAME);
            assertThat(asked(() ->
                            Optional.of(X509).map(FirstProviderTest::factory).orElseThrow()))
                    .isEqualTo(usual)
                    .isNotEqualTo(NAME);
            assertThat(factory(X509).getProvider().getName()).isEqualTo(usual);
            assertThat(Security.getProviders()[0].getServices()).isEmpty();
        }
        assertThat(Security.getProvider(NAME)).isNull();
        assertThat(asked(() -> factory(X509))).isEqualTo(usual);
    }

    @Test
    void providersOfTwoDeploymentsStandBehindEachOther() throws Exception {
        try (UnreadCertificates first = new UnreadCertificates("test-1");
                UnreadCertificates second = new UnreadCertificates("test-2")) {
            first.install();
            second.install();

            assertThat(Security.getProviders()[0]).isSameAs(second);
            assertThat(Security.getProviders()[1]).isSameAs(first);
            assertThat(factory(X509).getProvider()).isNotIn(first, second);
        }
    }
}
