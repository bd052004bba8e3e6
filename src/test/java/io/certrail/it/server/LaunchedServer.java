package io.certrail.it.server;

import io.certrail.dev.Server;
import io.certrail.dev.StartException;
import io.certrail.it.Site;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.container.LifecycleException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.Node;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jspecify.annotations.Nullable;

/**
 * Any server that {@code mvn -Prun} can start, for Arquillian, and started in the same way. Each application has a process
 * of its own, on the same port and with the same trail; test classes of the same application share it.
 */
public final class LaunchedServer implements DeployableContainer<NoSettings> {
    private static final Pattern CONTEXT_ROOT = Pattern.compile("<context-root>(.*?)</context-root>");

    private @Nullable Server server;
    private String application = "";

    @Override
    public Class<NoSettings> getConfigurationClass() {
        return NoSettings.class;
    }

    /** The tests are clients: nothing of them runs in the server. */
    @Override
    public ProtocolDescription getDefaultProtocol() {
        return new ProtocolDescription("Local");
    }

    @Override
    public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
        var site = Site.current();
        if (server == null || !server.isAlive() || !application.equals(archive.getName())) {
            end();
            launch(site, archive);
        }
        return new ProtocolMetaData().addContext(new HTTPContext("127.0.0.1", site.port()));
    }

    private void launch(Site site, Archive<?> archive) throws DeploymentException {
        Path war = site.folder().resolve(archive.getName());
        archive.as(ZipExporter.class).exportTo(war.toFile(), true);
        try {
            server = Server.start(site.server().deploy(war, contextRoot(archive)), line -> {});
            application = archive.getName();
        } catch (StartException e) {
            throw new DeploymentException("the server does not start", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeploymentException("interrupted while the server started", e);
        }
    }

    /** What the application's own descriptor says, as each server would by itself if nothing else were said. */
    private static String contextRoot(Archive<?> archive) throws DeploymentException {
        Node descriptor = archive.get("WEB-INF/glassfish-web.xml");
        if (descriptor == null) {
            return "/";
        }
        try (InputStream in = descriptor.getAsset().openStream()) {
            Matcher root = CONTEXT_ROOT.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            return root.find() ? root.group(1) : "/";
        } catch (IOException e) {
            throw new DeploymentException("the application's descriptor cannot be read", e);
        }
    }

    /** The next class may test the same application: the server ends before another one's, or with the tests. */
    @Override
    public void undeploy(Archive<?> archive) {}

    @Override
    public void stop() throws LifecycleException {
        try {
            end();
        } catch (DeploymentException e) {
            throw new LifecycleException(String.valueOf(e.getMessage()), e);
        }
    }

    private void end() throws DeploymentException {
        Server started = server;
        server = null;
        if (started != null && !started.stop()) {
            throw new DeploymentException("the server, process " + started.pid() + ", did not end by itself");
        }
    }
}
