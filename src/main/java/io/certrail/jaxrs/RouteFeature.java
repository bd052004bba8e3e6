package io.certrail.jaxrs;

import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;

/** Adds to each resource method what tells its route and the fault of its body. */
public final class RouteFeature implements DynamicFeature {
    /**
     * Before authentication and authorization, so that a request refused by them has its route in the record. Jersey
     * takes a priority below 1 for none at all.
     */
    private static final int FIRST = 1;

    /** For the JAX-RS runtime. */
    public RouteFeature() {}

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        context.register(new RouteFilter(resource.getResourceClass(), resource.getResourceMethod()), FIRST);
        context.register(new BodyFault(), FIRST);
    }
}
