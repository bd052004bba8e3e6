package io.certrail.hook;

import java.security.AccessController;
import java.security.PrivilegedAction;

/**
 * A thread of the hook's own. It may live as long as the server, and begin in the midst of an application's call: so it
 * takes nothing over that could keep that application's classes once it is undeployed.
 */
final class HookThread {
    private HookThread() {}

    /** Neither context class loader nor inheritable thread locals nor, before JDK 24, the caller's access control context. */
    @SuppressWarnings("removal") // without it, JDK 17 keeps the protection domains of all who are on the caller's stack
    static Thread named(String name, Runnable task) {
        return AccessController.doPrivileged((PrivilegedAction<Thread>) () -> {
            Thread thread = new Thread(null, task, name, 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            return thread;
        });
    }
}
