package io.certrail.server.wildfly;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.handlers.ServletRequestContext;
import jakarta.servlet.ServletContext;
import org.jspecify.annotations.Nullable;

/**
 * Hands a followed request to this application's servlet filter, as a request attribute: before the container
 * authenticates, so that an error page for its refusal has it, too. Found by Undertow as a service.
 */
public final class RequestHandover implements ServletExtension {
    /** For the service loader. */
    public RequestHandover() {}

    @Override
    public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
        deployment.addOuterHandlerChainWrapper(next -> exchange -> handOver(next, exchange));
    }

    private static void handOver(HttpHandler next, HttpServerExchange exchange) throws Exception {
        @Nullable ServedExchange served = exchange.getAttachment(ServedExchange.KEY);
        @Nullable ServletRequestContext servlet = exchange.getAttachment(ServletRequestContext.ATTACHMENT_KEY);
        if (served != null && servlet != null) {
            servlet.getServletRequest().setAttribute(served.attribute(), served.record());
        }
        next.handleRequest(exchange);
    }
}
