package io.certrail.hook;

import java.lang.instrument.Instrumentation;
import java.security.Security;
import org.jspecify.annotations.Nullable;

/** Installs the provider in a JVM that was started with {@code -javaagent:certrail-hook.jar}, or attaches to one. */
public final class HookAgent {
    private HookAgent() {}

    /**
     * Called by the JVM before the application's main method.
     *
     * @throws IllegalArgumentException if an option is wrong: the JVM then does not start
     */
    public static void premain(@Nullable String options, Instrumentation instrumentation) {
        install(options);
    }

    /** Called by the JVM when a tool attaches: SSL contexts that are made from then on are watched. */
    public static void agentmain(@Nullable String options, Instrumentation instrumentation) {
        install(options);
    }

    private static void install(@Nullable String options) {
        if (Security.getProvider(CertrailProvider.NAME) == null
                && Security.insertProviderAt(new CertrailProvider(options), 1) < 0) {
            throw new IllegalStateException("Certrail's hook could not be put before the JDK's provider");
        }
    }
}
