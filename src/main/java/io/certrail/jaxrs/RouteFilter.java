package io.certrail.jaxrs;

import io.certrail.recorder.RequestInFlight;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Tells a request the template of the one resource method that it serves. */
final class RouteFilter implements ContainerRequestFilter {
    private final Method method;
    private final boolean root;
    private final String template;
    /** The last route told: the application's path is the same nearly always. */
    private volatile @Nullable Route last;

    RouteFilter(Class<?> resource, Method method) {
        this.method = method;
        this.root = RouteTemplate.isRoot(resource);
        this.template = RouteTemplate.of(resource, method);
    }

    private record Route(String base, String template) {}

    @Override
    public void filter(ContainerRequestContext context) {
        if (context.getProperty(RequestInFlight.ATTRIBUTE) instanceof RequestInFlight inFlight) {
            UriInfo uri = context.getUriInfo();
            String base = uri.getBaseUri().getPath();
            inFlight.route(root ? cached(base) : RouteTemplate.join(base, below(uri)));
        }
    }

    private String cached(String base) {
        Route route = last;
        if (route == null || !route.base().equals(base)) {
            route = new Route(base, RouteTemplate.join(base, template));
            last = route;
        }
        return route.template();
    }

    /** A sub-resource can hang below several locators: which one it was, the objects that were passed tell. */
    private String below(UriInfo uri) {
        return RouteTemplate.through(uri.getMatchedResources(), method);
    }
}
