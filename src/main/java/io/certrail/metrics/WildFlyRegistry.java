package io.certrail.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.lang.reflect.Field;

/**
 * The registry behind the one that WildFly's subsystem {@code micrometer} gives to each application.
 *
 * <p>In WildFly 39 that one keeps to itself whatever is built by Micrometer's builders, and in 40 it drops a histogram's
 * buckets (WFLY-21339); from 41 on it passes all on. The one behind has no such trouble. It needs the tag by which the
 * subsystem tells applications apart.
 *
 * @param tags of this application
 */
record WildFlyRegistry(MeterRegistry registry, Tags tags) {
    private static final String APPLICATION_REGISTRY = "org.wildfly.extension.micrometer.registry.ApplicationRegistry";
    private static final String TAG = "WF_DEPLOYMENT";

    /** Whether this is WildFly's. */
    static boolean isOne(MeterRegistry registry) {
        return registry.getClass().getName().equals(APPLICATION_REGISTRY);
    }

    /** @throws ReflectiveOperationException if it is not made as it was in WildFly 39 */
    static WildFlyRegistry behind(MeterRegistry registry) throws ReflectiveOperationException {
        Tags tags = Tags.of(TAG, (String) read(registry, "deploymentName"));
        return new WildFlyRegistry((MeterRegistry) read(registry, "parentRegistry"), tags);
    }

    private static Object read(MeterRegistry registry, String name) throws ReflectiveOperationException {
        Field field = registry.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(registry);
    }
}
