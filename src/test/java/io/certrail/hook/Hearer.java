package io.certrail.hook;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/** A subscriber that keeps what it hears. */
class Hearer implements Flow.Subscriber<Map<String, Object>> {
    private static final long PATIENCE_MILLIS = 10_000;

    private final List<Map<String, Object>> facts = new ArrayList<>();
    private final long first;
    private Consumer<Map<String, Object>> reaction = fact -> {};
    private Flow.Subscription subscription;
    private Throwable error;

    /** @param first how many it asks for at the beginning */
    Hearer(long first) {
        this.first = first;
    }

    static Hearer ofAll() {
        return new Hearer(Long.MAX_VALUE);
    }

    Hearer reacting(Consumer<Map<String, Object>> newReaction) {
        reaction = newReaction;
        return this;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        synchronized (this) {
            subscription = given;
            notifyAll();
        }
        if (first != 0) {
            given.request(first);
        }
    }

    @Override
    public void onNext(Map<String, Object> fact) {
        synchronized (this) {
            facts.add(fact);
            notifyAll();
        }
        reaction.accept(fact);
    }

    @Override
    public synchronized void onError(Throwable failure) {
        error = failure;
        notifyAll();
    }

    @Override
    public void onComplete() {
        throw new AssertionError("never");
    }

    synchronized Throwable error() {
        return error;
    }

    synchronized Flow.Subscription subscription() throws InterruptedException {
        for (long end = System.currentTimeMillis() + PATIENCE_MILLIS;
                subscription == null && System.currentTimeMillis() < end; ) {
            wait(100);
        }
        return subscription;
    }

    synchronized List<Map<String, Object>> facts() {
        return List.copyOf(facts);
    }

    synchronized List<Map<String, Object>> facts(String name) {
        return facts.stream().filter(fact -> name.equals(fact.get("fact"))).toList();
    }

    /** Waits for so many facts of a name. */
    synchronized List<Map<String, Object>> await(String name, int count) throws InterruptedException {
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (facts(name).size() < count) {
            long left = end - System.currentTimeMillis();
            if (left <= 0) {
                throw new AssertionError("expected " + count + " " + name + ", heard " + facts);
            }
            wait(left);
        }
        return facts(name);
    }
}
