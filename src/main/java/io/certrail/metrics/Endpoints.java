package io.certrail.metrics;

import jakarta.servlet.HttpConstraintElement;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletSecurityElement;
import jakarta.servlet.annotation.ServletSecurity.TransportGuarantee;
import jakarta.servlet.http.HttpServlet;

/**
 * Puts {@code /metrics/*} and {@code /health/*} into the application, unless something is there: Payara puts its own into
 * the application at the root before any listener is called (a mapping in web.xml would hide them). Any accepted
 * certificate may read them; a constraint in web.xml for the same paths comes first.
 *
 * <p>Named in the web.xml of certrail.war; another application names it in its own if it wants them.
 */
public final class Endpoints implements ServletContextListener {
    /** Anybody whom the container authenticated (Servlet 6.0, section 13.8). */
    private static final String ANYBODY = "**";

    /** For the container. */
    public Endpoints() {}

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        add(context, "certrail-metrics", MetricsServlet.class, "/metrics/*");
        add(context, "certrail-health", HealthServlet.class, "/health/*");
    }

    private static void add(ServletContext context, String name, Class<? extends HttpServlet> servlet, String pattern) {
        if (isMapped(context, pattern)) {
            return;
        }
        ServletRegistration.Dynamic added = context.addServlet(name, servlet);
        if (added != null && added.addMapping(pattern).isEmpty()) {
            added.setAsyncSupported(true);
            added.setServletSecurity(
                    new ServletSecurityElement(new HttpConstraintElement(TransportGuarantee.NONE, ANYBODY)));
        }
    }

    private static boolean isMapped(ServletContext context, String pattern) {
        return context.getServletRegistrations().values().stream()
                .anyMatch(registration -> registration.getMappings().contains(pattern));
    }
}
