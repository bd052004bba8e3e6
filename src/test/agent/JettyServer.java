import io.certrail.deployment.CertrailListener;
import io.certrail.servlet.AuditFilter;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.Decorator;
import org.jboss.weld.environment.servlet.Container;
import org.jboss.weld.environment.servlet.ContainerContext;
import org.jboss.weld.environment.servlet.EnhancedListener;

/**
 * Embedded Jetty with mutual TLS and Certrail's embed jar, as the integration test of the agent starts it: {@code java
 * -javaagent:certrail-hook.jar -cp … JettyServer.java PKI PORT}.
 */
public final class JettyServer {
    public static void main(String[] arguments) throws Exception {
        String pki = arguments[0];
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setCrlPath(pki + "/crl.pem");
        tls.setKeyStorePath(pki + "/server.p12");
        tls.setKeyStorePassword("changeit");
        tls.setTrustStorePath(pki + "/truststore.p12");
        tls.setTrustStorePassword("changeit");
        tls.setNeedClientAuth(true);
        tls.setValidatePeerCerts(true);

        Server server = new Server();
        HttpConfiguration http = new HttpConfiguration();
        http.addCustomizer(new SecureRequestCustomizer(false));
        ServerConnector connector = new ServerConnector(
                server, new SslConnectionFactory(tls, "http/1.1"), new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setPort(Integer.parseInt(arguments[1]));
        server.addConnector(connector);

        ServletContextHandler application = new ServletContextHandler("/shop");
        application.setInitParameter("org.jboss.weld.environment.container.class", NoContainer.class.getName());
        application.getObjectFactory().addDecorator(new Injection());
        application.addServletContainerInitializer(new EnhancedListener());
        application.addEventListener(new CertrailListener());
        FilterHolder filter = new FilterHolder(AuditFilter.class);
        filter.setAsyncSupported(true);
        application.addFilter(
                filter, "/*", EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
        application.addServlet(Hello.class, "/hello");
        server.setHandler(application);
        server.start();
        System.out.println("ready");
        while (System.in.read() >= 0) {}
        server.stop();
    }

    /** Weld knows older Jettys only; the injection into filters is done below. */
    public static final class NoContainer implements Container {
        @Override
        public boolean touch(org.jboss.weld.resources.spi.ResourceLoader loader, ContainerContext context) {
            return true;
        }

        @Override
        public void initialize(ContainerContext context) {}

        @Override
        public void destroy(ContainerContext context) {}
    }

    /** What the module jetty-ee10-cdi does on a Jetty that is installed. */
    private static final class Injection implements Decorator {
        @Override
        @SuppressWarnings("unchecked")
        public <T> T decorate(T object) {
            if (object instanceof AuditFilter) {
                BeanManager beans = CDI.current().getBeanManager();
                AnnotatedType<T> type = (AnnotatedType<T>) beans.createAnnotatedType(object.getClass());
                beans.getInjectionTargetFactory(type)
                        .createInjectionTarget(null)
                        .inject(object, beans.createCreationalContext(null));
            }
            return object;
        }

        @Override
        public void destroy(Object object) {}
    }

    public static final class Hello extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentLength(2);
            response.getWriter().print("ok");
        }
    }
}
