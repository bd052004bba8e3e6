package io.certrail.server.payara;

/** Whether this runs in Payara. Knows none of its types: on another server a class that does could not even be linked. */
public final class PayaraServer {
    private PayaraServer() {}

    /** Whether it is there. */
    public static boolean isThere() {
        ClassLoader loader = PayaraServer.class.getClassLoader();
        try {
            Class.forName(PayaraListeners.GLOBALS, false, loader);
            Class.forName(PayaraListeners.GRIZZLY_SERVICE, false, loader);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
