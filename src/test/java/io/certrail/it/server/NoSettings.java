package io.certrail.it.server;

import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;

/** arquillian.xml says nothing about the server: all that it needs is known only when the tests run. */
public final class NoSettings implements ContainerConfiguration {
    @Override
    public void validate() {}
}
