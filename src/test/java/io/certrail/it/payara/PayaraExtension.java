package io.certrail.it.payara;

import fish.payara.arquillian.container.payara.managed.PayaraMicroDeployableContainer;
import io.certrail.it.Site;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.core.spi.LoadableExtension;

/** Puts a server with mutual TLS in the place of the plain Payara Micro that the connector brings. */
public final class PayaraExtension implements LoadableExtension {
    @Override
    public void register(ExtensionBuilder builder) {
        builder.override(
                DeployableContainer.class,
                PayaraMicroDeployableContainer.class,
                Site.isPayaraMicro() ? MutualTlsPayaraMicro.class : LaunchedServer.class);
    }
}
