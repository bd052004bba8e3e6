package io.certrail.hook;

import java.lang.instrument.Instrumentation;
import java.security.Security;

/** Installs the provider in a JVM that was started with {@code -javaagent:certrail-hook.jar}. */
public final class HookAgent {
    private HookAgent() {}

    /** Called by the JVM before the application's main method. */
    public static void premain(String arguments, Instrumentation instrumentation) {
        int position = Security.insertProviderAt(new CertrailProvider(), 1);
        assert position != 0;
    }
}
