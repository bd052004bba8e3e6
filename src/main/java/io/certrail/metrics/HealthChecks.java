package io.certrail.metrics;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;

/**
 * Adds the beans that MicroProfile Health asks, where it is there. Left to discovery, each start of a server without it
 * would log two classes that cannot be loaded, as warnings with their stacks.
 */
public final class HealthChecks implements Extension {
    /** For the container. */
    public HealthChecks() {}

    void add(@Observes BeforeBeanDiscovery discovery) {
        if (isThere()) {
            discovery.addAnnotatedType(TrailReadiness.class, TrailReadiness.class.getName());
            discovery.addAnnotatedType(DeployedLiveness.class, DeployedLiveness.class.getName());
        }
    }

    /** Asked by name: WildFly warns of a class that it cannot link, whoever catches it. */
    private static boolean isThere() {
        try {
            Class.forName("org.eclipse.microprofile.health.HealthCheck", false, HealthChecks.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }
}
