package io.certrail.api;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/** Starts search and self-check with the web application, after Certrail itself, and ends them before. */
public final class SearchListener implements ServletContextListener {
    /** For the container. */
    public SearchListener() {}

    @Override
    public void contextInitialized(ServletContextEvent event) {
        CDI.current().select(Search.class).get().begin();
        CDI.current()
                .select(SelfChecking.class)
                .get()
                .begin(event.getServletContext().getContextPath());
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        CDI.current().select(SelfChecking.class).get().end();
        CDI.current().select(Streams.class).get().close();
        CDI.current().select(Search.class).get().end();
    }
}
