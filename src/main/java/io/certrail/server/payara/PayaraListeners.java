package io.certrail.server.payara;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.http.HttpCodecFilter;
import org.glassfish.grizzly.http.server.HttpServerFilter;
import org.glassfish.grizzly.nio.NIOTransport;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.ssl.SSLBaseFilter;
import org.jspecify.annotations.Nullable;

/**
 * Finds the running network listeners. Payara's own classes are not published as artifacts to compile against, so the
 * few calls from its service locator down to Grizzly's types are made by reflection. It is asked four times a second, on
 * idle servers too: so all that does not change is found once, and the configuration, whose beans are slow, is not read.
 *
 * <p>Safe for use by any thread.
 */
final class PayaraListeners {
    static final String GLOBALS = "org.glassfish.internal.api.Globals";
    static final String GRIZZLY_SERVICE = "com.sun.enterprise.v3.services.impl.GrizzlyService";

    /** What runs the listeners: a concurrent collection of {@code com.sun.enterprise.v3.services.impl.NetworkProxy}. */
    private final Collection<?> proxies;

    private final Map<String, Method> methods = new HashMap<>();
    private final Field sockets;

    PayaraListeners(Collection<?> proxies) throws ReflectiveOperationException {
        this.proxies = proxies;
        sockets = field(TCPNIOTransport.class, "serverConnections");
    }

    /**
     * Those of this server.
     *
     * @throws IllegalStateException if the server is not built as expected, as after an incompatible upgrade
     */
    static PayaraListeners ofServer() {
        try {
            Object habitat = load(GLOBALS).getMethod("getDefaultHabitat").invoke(null);
            Object grizzly = service(habitat, GRIZZLY_SERVICE);
            return new PayaraListeners(
                    (Collection<?>) field(load(GRIZZLY_SERVICE), "proxies").get(grizzly));
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw unreachable(e);
        }
    }

    private static IllegalStateException unreachable(Exception e) {
        return new IllegalStateException("CTR0601 Payara's network listeners cannot be reached: " + e, e);
    }

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
            List<HttpServerFilter> http) {
        /** Others only wait for the first call of a service that begins late, such as IIOP, and hand its socket over. */
        private boolean isOfTheWeb() {
            return !tls.isEmpty() || !codecs.isEmpty() || !http.isEmpty();
        }
    }

    /**
     * All listeners that run.
     *
     * @throws IllegalStateException if the server is not built as expected
     */
    synchronized List<Listener> running() {
        try {
            List<Listener> found = new ArrayList<>();
            for (Object proxy : proxies) {
                Method underlying = find(proxy.getClass(), "getUnderlyingListener", 0);
                if (underlying != null) {
                    add(found, underlying.invoke(proxy));
                }
            }
            return found;
        } catch (ReflectiveOperationException e) {
            throw unreachable(e);
        }
    }

    private void add(List<Listener> found, @Nullable Object listener) throws ReflectiveOperationException {
        if (listener == null) {
            return;
        }
        Method filters = find(listener.getClass(), "getFilters", 1);
        if (filters != null && method(listener, "getTransport").invoke(listener) instanceof NIOTransport transport) {
            Listener made = new Listener(
                    String.valueOf(method(listener, "getName").invoke(listener)),
                    transport,
                    sockets(transport),
                    filters(filters, listener, SSLBaseFilter.class),
                    filters(filters, listener, HttpCodecFilter.class),
                    filters(filters, listener, HttpServerFilter.class));
            if (made.isOfTheWeb()) {
                found.add(made);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private List<Connection<?>> sockets(NIOTransport transport) throws ReflectiveOperationException {
        return List.copyOf((Collection<Connection<?>>) sockets.get(transport));
    }

    private static <F> List<F> filters(Method filters, Object listener, Class<F> type)
            throws ReflectiveOperationException {
        return ((List<?>) filters.invoke(listener, type))
                .stream().map(type::cast).toList();
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

    private Method method(Object target, String name) throws NoSuchMethodException {
        Method method = find(target.getClass(), name, 0);
        if (method == null) {
            throw new NoSuchMethodException(target.getClass().getName() + "." + name);
        }
        return method;
    }

    /** A public method, looked for once. */
    private @Nullable Method find(Class<?> type, String name, int parameters) {
        return methods.computeIfAbsent(type.getName() + '.' + name, key -> lookUp(type, name, parameters));
    }

    private static @Nullable Method lookUp(Class<?> type, String name, int parameters) {
        for (Method method : type.getMethods()) {
            if (method.getName().equals(name) && method.getParameterCount() == parameters) {
                method.setAccessible(true);
                return method;
            }
        }
        return null;
    }

    private static Field field(Class<?> type, String name) throws NoSuchFieldException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    private static Class<?> load(String name) throws ClassNotFoundException {
        return Class.forName(name, false, PayaraListeners.class.getClassLoader());
    }
}
