import io.certrail.deployment.CertrailListener;
import io.certrail.servlet.AuditFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.cert.CertificateFactory;
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
import org.jboss.weld.environment.servlet.EnhancedListener;

/**
 * Embedded Jetty with mutual TLS and Certrail's embed jar, as the integration test of the agent starts it: {@code java
 * -javaagent:certrail-hook.jar -cp … JettyServer.java PKI PORT}.
 */
public final class JettyServer {
    public static void main(String[] arguments) throws Exception {
        String pki = arguments[0];
        SslContextFactory.Server tls = new SslContextFactory.Server() {
            @Override
            protected java.util.Collection<? extends java.security.cert.CRL> loadCRL(
                    org.eclipse.jetty.util.resource.Resource path) throws Exception {
                try (InputStream in = new FileInputStream(pki + "/crl.pem")) {
                    return CertificateFactory.getInstance("X.509").generateCRLs(in);
                }
            }
        };
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
        application.setInitParameter("resteasy.injector.factory", "none");
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

    public static final class Hello extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentLength(2);
            response.getWriter().print("ok");
        }
    }
}
