package io.certrail.server.payara;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.http.HttpCodecFilter;
import org.glassfish.grizzly.http.server.HttpServerFilter;
import org.glassfish.grizzly.nio.NIOTransport;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.ssl.SSLBaseFilter;

/**
 * Finds the running network listeners. Payara's own classes are not published as artifacts to compile against, so the
 * few calls from its service locator down to Grizzly's types are made by reflection.
 */
final class PayaraListeners {
    static final String GLOBALS = "org.glassfish.internal.api.Globals";
    private static final String NETWORK_CONFIG = "org.glassfish.grizzly.config.dom.NetworkConfig";
    static final String GRIZZLY_SERVICE = "com.sun.enterprise.v3.services.impl.GrizzlyService";

    private PayaraListeners() {}

    /**
     * A network listener and its filters. Payara makes them anew where it starts or reconfigures one: two that are equal are
     * the same.
     *
     * @param sockets those that accept
     * @param tls the filters that make handshakes; empty for a listener without TLS
     * @param codecs the filters that parse HTTP/1.1
     * @param http the filters that hand requests to the container
     */
    record Listener(
            String name,
            NIOTransport transport,
            List<Connection<?>> sockets,
            List<SSLBaseFilter> tls,
            List<HttpCodecFilter> codecs,
            List<HttpServerFilter> http) {}

    /**
     * All listeners that run.
     *
     * @throws IllegalStateException if the server is not built as expected, as after an incompatible upgrade
     */
    static List<Listener> find() {
        try {
            Object habitat = load(GLOBALS).getMethod("getDefaultHabitat").invoke(null);
            Object network = service(habitat, NETWORK_CONFIG);
            Object grizzly = service(habitat, GRIZZLY_SERVICE);
            Object configured = call(call(network, "getNetworkListeners"), "getNetworkListener");
            List<Listener> found = new ArrayList<>();
            for (Object config : (List<?>) configured) {
                Object proxy = call(grizzly, "lookupNetworkProxy", config);
                if (proxy != null && hasMethod(proxy, "getUnderlyingListener")) {
                    add(found, String.valueOf(call(config, "getName")), call(proxy, "getUnderlyingListener"));
                }
            }
            return found;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("CTR0601 Payara's network listeners cannot be reached: " + e, e);
        }
    }

    private static void add(List<Listener> found, String name, Object listener) throws ReflectiveOperationException {
        if (listener != null
                && hasMethod(listener, "getFilters")
                && call(listener, "getTransport") instanceof NIOTransport transport) {
            found.add(new Listener(
                    name,
                    transport,
                    sockets(transport),
                    filters(listener, SSLBaseFilter.class),
                    filters(listener, HttpCodecFilter.class),
                    filters(listener, HttpServerFilter.class)));
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Connection<?>> sockets(NIOTransport transport) throws ReflectiveOperationException {
        Field field = TCPNIOTransport.class.getDeclaredField("serverConnections");
        field.setAccessible(true);
        return List.copyOf((Collection<Connection<?>>) field.get(transport));
    }

    private static <F> List<F> filters(Object listener, Class<F> type) throws ReflectiveOperationException {
        Object filters = method(listener, "getFilters", 1).invoke(listener, type);
        return ((List<?>) filters).stream().map(type::cast).toList();
    }

    private static Object service(Object habitat, String type) throws ReflectiveOperationException {
        for (Method method : habitat.getClass().getMethods()) {
            if (method.getName().equals("getService")
                    && method.getParameterCount() == 2
                    && method.getParameterTypes()[0] == Class.class) {
                Object service = method.invoke(habitat, load(type), new java.lang.annotation.Annotation[0]);
                if (service != null) {
                    return service;
                }
            }
        }
        throw new NoSuchMethodException("no service " + type);
    }

    private static Object call(Object target, String name, Object... arguments) throws ReflectiveOperationException {
        return method(target, name, arguments.length).invoke(target, arguments);
    }

    private static boolean hasMethod(Object target, String name) {
        for (Method method : target.getClass().getMethods()) {
            if (method.getName().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static Method method(Object target, String name, int parameters) throws NoSuchMethodException {
        for (Method method : target.getClass().getMethods()) {
            if (method.getName().equals(name) && method.getParameterCount() == parameters) {
                method.setAccessible(true);
                return method;
            }
        }
        throw new NoSuchMethodException(target.getClass().getName() + "." + name);
    }

    private static Class<?> load(String name) throws ClassNotFoundException {
        return Class.forName(name, false, PayaraListeners.class.getClassLoader());
    }
}
