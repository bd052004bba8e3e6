package org.wildfly.extension.micrometer.registry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.search.Search;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/**
 * Stands for the class of that name in WildFly 39.0.1, whose fields and behaviour it has: what a builder registers in it
 * is kept in it, and what is looked for is looked for in its parent.
 */
public final class ApplicationRegistry extends SimpleMeterRegistry {
    private final String deploymentName;
    private final MeterRegistry parentRegistry;

    public ApplicationRegistry(String deploymentName, MeterRegistry parentRegistry) {
        this.deploymentName = deploymentName;
        this.parentRegistry = parentRegistry;
    }

    @Override
    public Search find(String name) {
        return parentRegistry.find(name).tag("WF_DEPLOYMENT", deploymentName);
    }
}
