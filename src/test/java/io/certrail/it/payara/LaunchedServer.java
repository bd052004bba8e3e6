package io.certrail.it.payara;

import fish.payara.arquillian.container.payara.managed.PayaraMicroContainerConfiguration;
import io.certrail.dev.Server;
import io.certrail.dev.StartException;
import io.certrail.it.Site;
import java.nio.file.Path;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jspecify.annotations.Nullable;

/**
 * Any server that {@code mvn -Prun} can start, for Arquillian. Each deployment is a process of its own, on the same port
 * and with the same trail. The connector's configuration, which says how to start Payara Micro, is not used.
 */
public final class LaunchedServer implements DeployableContainer<PayaraMicroContainerConfiguration> {
    private @Nullable Server server;

    @Override
    public Class<PayaraMicroContainerConfiguration> getConfigurationClass() {
        return PayaraMicroContainerConfiguration.class;
    }

    @Override
    public ProtocolDescription getDefaultProtocol() {
        return new ProtocolDescription("Servlet 5.0");
    }

    @Override
    public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
        var site = Site.current();
        Path war = site.folder().resolve(archive.getName());
        archive.as(ZipExporter.class).exportTo(war.toFile(), true);
        try {
            server = Server.start(site.server().deploy(war, "/"), line -> {});
        } catch (StartException e) {
            throw new DeploymentException("the server does not start", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeploymentException("interrupted while the server started", e);
        }
        return new ProtocolMetaData().addContext(new HTTPContext("127.0.0.1", site.port()));
    }

    @Override
    public void undeploy(Archive<?> archive) throws DeploymentException {
        Server started = server;
        if (started != null && !started.stop()) {
            throw new DeploymentException("the server, process " + started.pid() + ", did not end by itself");
        }
    }
}
