package io.certrail.trail;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Meters of which one method throws.
 *
 * @param calls how often it has
 */
record ThrowingMeter(TrailMeter meter, CheckpointMeter checkpoints, AtomicInteger calls) {
    /** @param method its name */
    static ThrowingMeter at(String method, Throwable thrown) {
        AtomicInteger calls = new AtomicInteger();
        Object meter = Proxy.newProxyInstance(
                ThrowingMeter.class.getClassLoader(),
                new Class<?>[] {TrailMeter.class, CheckpointMeter.class},
                (proxy, called, arguments) -> {
                    if (called.getName().equals(method)) {
                        calls.incrementAndGet();
                        throw thrown;
                    }
                    return null;
                });
        return new ThrowingMeter((TrailMeter) meter, (CheckpointMeter) meter, calls);
    }
}
