package io.certrail.dev;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes SIGINT and SIGTERM instead of the JVM, until they are given back. {@code sun.misc.Signal} is there in every JDK (module
 * {@code jdk.unsupported}) but cannot be named without a warning of the compiler that nothing silences; where it is
 * missing the JVM ends on the signal as it always does, and the server notices.
 */
final class StopSignals {
    private final Map<Object, Object> before = new LinkedHashMap<>();

    /**
     * @param action is run by a thread of the JVM at each such signal
     */
    StopSignals(Runnable action) {
        for (String name : List.of("INT", "TERM")) {
            try {
                take(name, action);
            } catch (ReflectiveOperationException | IllegalArgumentException e) {
                // Not in this JDK, or the JVM's own (-Xrs): see above.
            }
        }
    }

    private void take(String name, Runnable action) throws ReflectiveOperationException {
        Object signal =
                Class.forName("sun.misc.Signal").getConstructor(String.class).newInstance(name);
        Class<?> type = Class.forName("sun.misc.SignalHandler");
        Object handler =
                Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
                    action.run();
                    return null;
                });
        before.put(signal, handle().invoke(null, signal, handler));
    }

    private static Method handle() throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        return signal.getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"));
    }

    void giveBack() {
        before.forEach((signal, handler) -> {
            try {
                handle().invoke(null, signal, handler);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("signal handler is not given back", e);
            }
        });
    }
}
