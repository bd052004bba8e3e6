package io.certrail.hook;

import java.lang.ref.Cleaner;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** What all watched engines of one provider share. Safe for use by any thread. */
final class Hook {
    private final Subscriptions subscriptions;
    private final Watchdog watchdog;
    private final Cleaner cleaner = Cleaner.create();
    /** Numbers of connections: from the time, so that a provider made later, as after a reload, has others. */
    private final AtomicLong numbers = new AtomicLong(System.currentTimeMillis() << 16);

    /** By the JDK's engine, which is the one that trust managers are given. */
    private final Map<SSLEngine, Conversation> handshakes = Collections.synchronizedMap(new WeakHashMap<>());

    Hook(HookOptions options) {
        this(new Subscriptions(options), new Watchdog(options.deadline()));
    }

    Hook(Subscriptions subscriptions, Watchdog watchdog) {
        this.subscriptions = subscriptions;
        this.watchdog = watchdog;
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    Watchdog watchdog() {
        return watchdog;
    }

    /** Begins to follow a connection. Asks the engine for nothing that may wait. */
    Conversation begin(ObservingEngine watched, SSLEngine engine, String[] enabledProtocols) {
        Handshake handshake =
                new Handshake(numbers.incrementAndGet(), engine.getPeerHost(), engine.getPeerPort(), enabledProtocols);
        Conversation conversation = new Conversation(this, handshake);
        handshakes.put(engine, conversation);
        cleaner.register(watched, conversation::abandoned);
        conversation.accepted();
        return conversation;
    }

    /** The connection whose engine the JDK shows to a trust manager, {@code null} if it is not watched. */
    @Nullable
    Conversation of(@Nullable SSLEngine engine) {
        return engine == null ? null : handshakes.get(engine);
    }

    void publish(Map<String, Object> fact) {
        subscriptions.publish(fact);
    }

    /** Counts a failure of the hook's own. */
    void failed(Throwable cause) {
        subscriptions.fault(cause);
    }

    /** Does something of which nobody must notice if it fails. */
    void guarded(Runnable observation) {
        try {
            observation.run();
        } catch (Throwable e) { // an error, too, such as too little memory: the server's call would end with it
            failed(e);
        }
    }
}
