package io.certrail.it.shop;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Reserves something before any request came. */
@WebListener
public class Opening implements ServletContextListener {
    @Inject
    Stock stock;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        stock.reserve("opening", "0000");
    }
}
