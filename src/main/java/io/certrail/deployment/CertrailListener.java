package io.certrail.deployment;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import org.jspecify.annotations.Nullable;

/**
 * Starts and stops Certrail with the web application. To be named first in the deployment descriptor, so that it starts
 * before the application's own listeners and stops after them.
 */
public final class CertrailListener implements ServletContextListener {
    private @Nullable CertrailApplication application;

    /** @throws RuntimeException if Certrail cannot start: the container then stops the deployment */
    @Override
    public void contextInitialized(ServletContextEvent event) {
        CertrailApplication found =
                CDI.current().select(CertrailApplication.class).get();
        application = found;
        found.begin(event.getServletContext().getServerInfo());
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        CertrailApplication started = application;
        if (started != null) {
            started.stop();
        }
    }
}
