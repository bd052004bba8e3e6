package io.certrail.server.payara;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.ConnectionProbe;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.Transport;
import org.glassfish.grizzly.attributes.AttributeHolder;
import org.glassfish.grizzly.monitoring.DefaultMonitoringConfig;

/** A connection of Grizzly's that has attributes, and neither socket nor addresses. */
final class FakeConnection {
    private final AttributeHolder attributes = Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createSafeAttributeHolder();
    private final DefaultMonitoringConfig<ConnectionProbe> monitoring =
            new DefaultMonitoringConfig<>(ConnectionProbe.class);
    private final Transport transport = fake(Transport.class, (proxy, method, arguments) -> null);

    private FakeConnection() {}

    static Connection<?> open() {
        FakeConnection made = new FakeConnection();
        return fake(Connection.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getAttributes" -> made.attributes;
            case "getMonitoringConfig" -> made.monitoring;
            case "getTransport" -> made.transport;
            case "isOpen" -> true;
            default -> null;
        });
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(
                FakeConnection.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    default -> handler.invoke(proxy, method, arguments);
                }));
    }
}
