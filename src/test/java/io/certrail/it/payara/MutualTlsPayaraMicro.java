package io.certrail.it.payara;

import fish.payara.arquillian.container.payara.managed.PayaraMicroContainerConfiguration;
import fish.payara.arquillian.container.payara.managed.PayaraMicroDeployableContainer;
import io.certrail.dev.Server;
import io.certrail.dev.StartException;
import io.certrail.it.Site;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.shrinkwrap.api.Archive;

/**
 * Payara Micro as {@code mvn -Prun} starts it, for Arquillian. Each deployment is a process of its own, on the same port
 * and with the same trail.
 */
public final class MutualTlsPayaraMicro extends PayaraMicroDeployableContainer {
    private static final String JAR = "-jar";
    private static final long STOP_SECONDS = 60;

    private PayaraMicroContainerConfiguration configuration = new PayaraMicroContainerConfiguration();
    private Set<ProcessHandle> before = Set.of();

    @Override
    public void setup(PayaraMicroContainerConfiguration given) {
        configuration = given;
        super.setup(given);
    }

    @Override
    public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
        var site = Site.current();
        before = children();
        try {
            arrange(Server.command(site.server()));
        } catch (StartException | InterruptedException e) {
            throw new DeploymentException("cannot prepare the server", e);
        }
        try {
            return super.deploy(archive);
        } catch (NumberFormatException e) {
            // It is up, but the connector reads the port of the plain listener, which is closed.
            return new ProtocolMetaData().addContext(new HTTPContext("127.0.0.1", site.port()));
        }
    }

    /** The connector does not wait for the server's end; the next one needs its port, its folder and its trail. */
    @Override
    public void undeploy(Archive<?> archive) throws DeploymentException {
        Set<ProcessHandle> servers = children();
        servers.removeAll(before);
        super.undeploy(archive);
        for (ProcessHandle server : servers) {
            try {
                server.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException | ExecutionException | TimeoutException e) {
                throw new DeploymentException("the server, process " + server.pid() + ", does not end", e);
            }
        }
    }

    private static Set<ProcessHandle> children() {
        return ProcessHandle.current().children().collect(Collectors.toSet());
    }

    /** The launcher's words before and after the jar's name; the connector splits them at spaces that are not escaped. */
    private void arrange(List<String> command) {
        int jar = command.indexOf(JAR);
        configuration.setCmdOptions(escaped(command.subList(1, jar)));
        configuration.setExtraMicroOptions(escaped(command.subList(jar + 2, command.size())));
    }

    private static String escaped(List<String> words) {
        return words.stream().map(word -> word.replace(" ", "\\ ")).collect(Collectors.joining(" "));
    }
}
