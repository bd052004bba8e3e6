package io.certrail.hook;

import java.util.Map;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber, and the thread on which it hears. One that throws is treated as if it had cancelled (Reactive Streams,
 * rule 2.13). After the end neither thread nor subscriber is held.
 */
final class HookSubscription implements Subscription {
    private static final long UNTIL_WOKEN = 0;
    private static final long RETRY_MILLIS = 100;

    private final Subscriptions all;
    private final FactQueue queue;
    private final boolean wantsAnswers;
    private @Nullable Subscriber<? super Map<String, Object>> subscriber;
    private long wanted;

    /** @param wantsAnswers whether it is to hear of {@link Fact#ANSWERED} */
    HookSubscription(
            Subscriber<? super Map<String, Object>> subscriber,
            boolean wantsAnswers,
            FactQueue queue,
            Subscriptions all) {
        this.subscriber = subscriber;
        this.wantsAnswers = wantsAnswers;
        this.queue = queue;
        this.all = all;
    }

    boolean wantsAnswers() {
        return wantsAnswers;
    }

    /** Somebody is told, unless he does not want it. */
    void offer(Map<String, Object> fact) {
        if (wantsAnswers || !Fact.is(fact, Fact.ANSWERED)) {
            queue.offer(fact);
        }
    }

    FactQueue queue() {
        return queue;
    }

    /** @throws OutOfMemoryError if there can be no thread for it */
    void start(ThreadFactory threads) {
        threads.newThread(this::run).start();
    }

    private void run() {
        try {
            Subscriber<? super Map<String, Object>> hearer = subscriber();
            if (hearer == null) {
                return;
            }
            hearer.onSubscribe(this);
            // what was taken is told, whoever cancels meanwhile: it would be heard by nobody else
            for (Map<String, Object> next = take(); next != null; next = take()) {
                hearer.onNext(next);
            }
        } catch (InterruptedException e) {
            cancel();
        } catch (Throwable e) {
            cancel();
            all.fault(e);
        }
    }

    private @Nullable Subscriber<? super Map<String, Object>> subscriber() {
        synchronized (queue) {
            return subscriber;
        }
    }

    /** Waits for a fact and for leave to tell it; {@code null} at the end. */
    private @Nullable Map<String, Object> take() throws InterruptedException {
        synchronized (queue) {
            while (subscriber != null) {
                long pause = UNTIL_WOKEN;
                try {
                    Map<String, Object> fact = wanted == 0 ? null : queue.poll();
                    if (fact != null) {
                        wanted -= wanted == Long.MAX_VALUE ? 0 : 1;
                        return fact;
                    }
                } catch (Throwable e) { // such as too little memory: it is no fault of who hears, and tried again
                    queue.fault(e);
                    pause = RETRY_MILLIS;
                }
                queue.wait(pause);
            }
            return null;
        }
    }

    @Override
    public void request(long count) {
        Subscriber<? super Map<String, Object>> wrong = null;
        synchronized (queue) {
            if (count <= 0) {
                wrong = subscriber;
            } else {
                wanted = wanted + count < 0 ? Long.MAX_VALUE : wanted + count;
                queue.wake();
            }
        }
        if (wrong != null) {
            cancel();
            wrong.onError(new IllegalArgumentException("requested " + count)); // rule 3.9
        }
    }

    @Override
    public void cancel() {
        synchronized (queue) {
            subscriber = null;
            queue.wake();
        }
        all.remove(this);
    }
}
