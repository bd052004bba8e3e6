package io.certrail.hook;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
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
    private final List<HookSubscription> subscribed = new ArrayList<>();
    private FactQueue kept;
    private volatile boolean answersWanted;

    Subscriptions(HookOptions options) {
        this.options = options;
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
        HookSubscription subscription = add(subscriber, wantsAnswers(subscriber));
        if (subscription == null) {
            subscriber.onSubscribe(NONE);
            subscriber.onError(new IllegalStateException("Certrail's hook takes " + MOST + " subscribers at a time"));
        } else {
            subscription.start();
        }
    }

    @SuppressWarnings("unchecked") // the type that the contract states
    private static boolean wantsAnswers(Subscriber<?> subscriber) {
        return !(subscriber instanceof Predicate<?> chooses) || ((Predicate<String>) chooses).test(Fact.ANSWERED);
    }

    private synchronized @Nullable HookSubscription add(
            Subscriber<? super Map<String, Object>> subscriber, boolean wantsAnswers) {
        if (subscribed.size() >= MOST) {
            return null;
        }
        FactQueue queue = subscribed.isEmpty() ? kept : new FactQueue(options);
        queue.lossCause("the subscriber was slow");
        HookSubscription subscription = new HookSubscription(subscriber, wantsAnswers, queue, this);
        subscribed.add(subscription);
        answersWanted |= wantsAnswers;
        return subscription;
    }

    /** Takes one out. What the last one has not got is kept for the next. */
    synchronized void remove(HookSubscription subscription) {
        boolean last = subscribed.remove(subscription) && subscribed.isEmpty();
        answersWanted = subscribed.stream().anyMatch(HookSubscription::wantsAnswers);
        if (last) {
            kept = subscription.queue();
            kept.lossCause("nobody subscribed");
        }
    }
}
