package io.certrail.server.wildfly;

/** Whether this runs in WildFly. Knows none of its types: on another server a class that does could not even be linked. */
public final class WildflyServer {
    private static final String ENTRANCE = "io.undertow.server.OpenListener";
    private static final String CONTAINER = "org.jboss.msc.service.ServiceContainer";

    private WildflyServer() {}

    /** Whether it is there, and this application may use what it brings: see {@code Dependencies} in the manifest. */
    public static boolean isThere() {
        ClassLoader loader = WildflyServer.class.getClassLoader();
        try {
            ClassLoader undertow = Class.forName(ENTRANCE, false, loader).getClassLoader();
            Class.forName(CONTAINER, false, loader);
            return undertow != null && undertow.getClass().getName().startsWith("org.jboss.modules.");
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
