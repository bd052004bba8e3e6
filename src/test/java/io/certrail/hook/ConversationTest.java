package io.certrail.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;

/** What is told of one connection while memory is out now and then. */
final class ConversationTest {
    private static final X509Certificate[] CHAIN = {EngineSite.alice().certificate()};

    private final AtomicInteger failures = new AtomicInteger();
    private final Hook hook = new Hook(HookOptions.DEFAULT);
    private final Hearer hearer = Hearer.ofAll();

    /** One whose certificates cannot be had for want of memory, so many times. */
    private SSLSession session() {
        return (SSLSession) Proxy.newProxyInstance(
                ConversationTest.class.getClassLoader(),
                new Class<?>[] {SSLSession.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getPeerCertificates" -> certificates();
                    case "getId" -> new byte[] {1};
                    case "getProtocol" -> "TLSv1.3";
                    default -> "";
                });
    }

    private X509Certificate[] certificates() {
        if (failures.getAndDecrement() > 0) {
            throw new OutOfMemoryError("for a test");
        }
        return CHAIN.clone();
    }

    @Test
    void verdictForWhichThereIsNoMemoryIsToldOnceWithAllThatBelongsToItOnceThereIs() throws Exception {
        hook.subscriptions().subscribe(hearer);
        Conversation conversation = new Conversation(hook, new Handshake(1, "127.0.0.1", 5, new String[0]));
        conversation.accepted();
        conversation.presented(CHAIN, null);
        conversation.trusted();
        failures.set(1);
        hook.guarded(() -> conversation.established(session(), "http/1.1"));
        hook.guarded(() -> conversation.established(session(), "http/1.1"));
        hook.guarded(() -> conversation.finished(session()));
        assertThat(conversation.http()).isNotNull();
        conversation.closedOutbound();
        hearer.await("closed", 1);
        assertThat(hearer.facts().stream().map(fact -> fact.get("fact")).filter(name -> !name.equals("fault")))
                .containsExactly("accepted", "handshake", "closed");
        assertThat(hearer.await("fault", 1).get(0)).containsEntry("count", 1L);
        hearer.subscription().cancel();
    }
}
