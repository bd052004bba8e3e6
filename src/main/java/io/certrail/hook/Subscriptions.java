package io.certrail.hook;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.ThreadFactory;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who listens. Until somebody does, facts are kept for the first who will. Safe for use by any thread; to publish never
 * waits for a subscriber.
 */
final class Subscriptions {
    /** Most subscribers at a time. */
    static final int MOST = 8;

    private static final Subscription NONE = new Subscription() {
        @Override
        public void request(long count) {
            // refused: there is nothing to ask of
        }

        @Override
        public void cancel() {
            // refused already
        }
    };

    private final HookOptions options;
    private final ThreadFactory threads;
    private final List<HookSubscription> subscribed = new ArrayList<>(MOST);
    private FactQueue kept;
    private volatile boolean answersWanted;

    Subscriptions(HookOptions options) {
        this(options, task -> HookThread.named("certrail-hook", task));
    }

    Subscriptions(HookOptions options, ThreadFactory threads) {
        this.options = options;
        this.threads = threads;
        kept = new FactQueue(options);
    }

    /**
     * Tells everybody. While nobody listens, what is of use only to who heard the request is not kept. Never throws, and
     * makes no object for it, as in {@link #fault}.
     */
    synchronized void publish(Map<String, Object> fact) {
        if (subscribed.isEmpty() && !Fact.is(fact, Fact.ANSWERED)) {
            kept.offer(fact);
        }
        for (int i = 0; i < subscribed.size(); i++) {
            subscribed.get(i).offer(fact);
        }
    }

    /** Tells everybody that the hook failed. */
    synchronized void fault(Throwable cause) {
        if (subscribed.isEmpty()) {
            kept.fault(cause);
        }
        for (int i = 0; i < subscribed.size(); i++) {
            subscribed.get(i).queue().fault(cause);
        }
    }

    /** Whether anybody hears of {@link Fact#ANSWERED}: to find the answers costs something for each of them. */
    boolean answersWanted() {
        return answersWanted;
    }

    void subscribe(Subscriber<? super Map<String, Object>> subscriber) {
        IllegalStateException refusal = add(subscriber, wantsAnswers(subscriber));
        if (refusal != null) {
            subscriber.onSubscribe(NONE);
            subscriber.onError(refusal);
        }
    }

    @SuppressWarnings("unchecked") // the type that the contract states
    private static boolean wantsAnswers(Subscriber<?> subscriber) {
        return !(subscriber instanceof Predicate<?> chooses) || ((Predicate<String>) chooses).test(Fact.ANSWERED);
    }

    /** Takes one in, once it has its thread; why not if it is refused, and then all is as it was. */
    private synchronized @Nullable IllegalStateException add(
            Subscriber<? super Map<String, Object>> subscriber, boolean wantsAnswers) {
        if (subscribed.size() >= MOST) {
            return new IllegalStateException("Certrail's hook takes " + MOST + " subscribers at a time");
        }
        FactQueue queue = subscribed.isEmpty() ? kept : new FactQueue(options);
        HookSubscription subscription = new HookSubscription(subscriber, wantsAnswers, queue, this);
        try {
            subscription.start(threads);
        } catch (OutOfMemoryError e) {
            return new IllegalStateException("Certrail's hook has no thread for a subscriber: " + e.getMessage(), e);
        }
        queue.lossCause("the subscriber was slow");
        subscribed.add(subscription);
        answersWanted |= wantsAnswers;
        return null;
    }

    /** Takes one out. What the last one has not got is kept for the next. */
    synchronized void remove(HookSubscription subscription) {
        boolean last = subscribed.remove(subscription) && subscribed.isEmpty();
        if (last) {
            kept = subscription.queue();
            kept.lossCause("nobody subscribed");
        }
        answersWanted = subscribed.stream().anyMatch(HookSubscription::wantsAnswers);
    }
}
