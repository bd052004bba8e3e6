package io.certrail.server.wildfly;

import io.undertow.server.HttpHandler;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jboss.msc.service.ServiceContainer;
import org.jboss.msc.service.ServiceController;
import org.jboss.msc.service.ServiceName;

/** Finds the listeners of WildFly's Undertow, in the server's own service container. */
final class WildflyListeners {
    private static final ServiceName UNDERTOW = ServiceName.parse("org.wildfly.undertow");
    private static final ServiceName LISTENER = UNDERTOW.append("listener");

    private final ServiceContainer container;

    WildflyListeners(ServiceContainer container) {
        this.container = container;
    }

    /** @throws IllegalStateException if WildFly is not as expected */
    static WildflyListeners find() {
        try {
            Class<?> current =
                    Class.forName("org.jboss.as.server.CurrentServiceContainer", true, module("org.jboss.as.server"));
            Object container = current.getMethod("getServiceContainer").invoke(null);
            if (container instanceof ServiceContainer services) {
                return new WildflyListeners(services);
            }
            throw new IllegalStateException("CTR0657 WildFly shows no service container");
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new IllegalStateException("CTR0658 WildFly's service container cannot be reached: " + e, e);
        }
    }

    /** The classes of one of the server's modules, which this application need not depend on. */
    private static ClassLoader module(String name) throws ReflectiveOperationException {
        ClassLoader undertow = HttpHandler.class.getClassLoader();
        Object module = call(undertow, "getModule");
        Object loader = call(module, "getModuleLoader");
        Class<?> type = Class.forName(
                "org.jboss.modules.ModuleLoader", false, undertow.getClass().getClassLoader());
        Object found = type.getMethod("loadModule", String.class).invoke(loader, name);
        return (ClassLoader) call(found, "getClassLoader");
    }

    /** The services that manage listeners, whether or not they run. */
    List<ServiceController<?>> controllers() {
        List<ServiceController<?>> found = new ArrayList<>();
        for (ServiceName name : container.getServiceNames()) {
            ServiceController<?> controller = LISTENER.isParentOf(name) ? container.getService(name) : null;
            if (controller != null) {
                found.add(controller);
            }
        }
        return found;
    }

    /** The listeners that run: each a {@code org.wildfly.extension.undertow.ListenerService}. */
    @SuppressWarnings("deprecation") // the only way to the value of a service that is not a dependency
    List<Object> running() {
        try {
            List<Object> found = new ArrayList<>();
            ServiceController<?> undertow = container.getService(UNDERTOW);
            if (undertow != null && undertow.getState() == ServiceController.State.UP) {
                for (Object server : (Collection<?>) call(undertow.getValue(), "getServers")) {
                    found.addAll((Collection<?>) call(server, "getListeners"));
                }
            }
            return found;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("CTR0659 WildFly's listeners cannot be reached: " + e, e);
        }
    }

    private static Object call(Object target, String name) throws ReflectiveOperationException {
        Method method = target.getClass().getMethod(name);
        method.setAccessible(true); // public, of a class that may not be
        Object result = method.invoke(target);
        if (result == null) {
            throw new NoSuchMethodException(name + " of " + target.getClass().getName() + " gives nothing");
        }
        return result;
    }
}
