package io.certrail.deployment;

import jakarta.enterprise.inject.UnsatisfiedResolutionException;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import org.jspecify.annotations.Nullable;

/**
 * Starts Certrail with the web application, and takes its hooks out of the server with it. To be named first in the
 * deployment descriptor, so that it starts before the application's own listeners and stops after them. The trail is
 * closed later, with the application's beans: those that are called as they end, such as EJBs, still record.
 */
public final class CertrailListener implements ServletContextListener {
    private @Nullable CertrailApplication application;

    /** @throws RuntimeException if Certrail cannot start: the container then stops the deployment */
    @Override
    public void contextInitialized(ServletContextEvent event) {
        CertrailApplication found = application();
        application = found;
        found.begin(event.getServletContext().getServerInfo());
    }

    private static CertrailApplication application() {
        try {
            return CDI.current().select(CertrailApplication.class).get();
        } catch (IllegalStateException | UnsatisfiedResolutionException e) {
            throw new IllegalStateException(
                    "CTR0404 Certrail does not start, for there is no CDI in this application, or not for its"
                            + " libraries: on a Jakarta EE server do not switch it off; on others add an implementation,"
                            + " such as weld-servlet-shaded",
                    e);
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        CertrailApplication started = application;
        if (started != null) {
            started.release();
        }
    }
}
