import io.certrail.deployment.CertrailListener;
import io.certrail.servlet.AuditFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.jboss.weld.environment.servlet.EnhancedListener;

/**
 * Embedded Tomcat with mutual TLS and Certrail's embed jar, as the integration test of the agent starts it: {@code java
 * -javaagent:certrail-hook.jar -cp … TomcatServer.java PKI PORT [without-cdi]}.
 */
public final class TomcatServer {
    private static final String PASSWORD = "changeit";

    public static void main(String[] arguments) throws Exception {
        Path base = Files.createTempDirectory("tomcat");
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(base.toString());
        tomcat.setConnector(connector(arguments[0], Integer.parseInt(arguments[1])));

        Context application = tomcat.addContext("/shop", base.toString());
        application.setParentClassLoader(TomcatServer.class.getClassLoader());
        if (arguments.length < 3) {
            application.addServletContainerInitializer(new EnhancedListener(), Set.of());
        }
        application.addApplicationListener(CertrailListener.class.getName());
        record(application);
        Tomcat.addServlet(application, "hello", new Hello());
        application.addServletMappingDecoded("/hello", "hello");
        tomcat.start();
        if (application.getState() != LifecycleState.STARTED) {
            System.exit(1);
        }
        System.out.println("ready");
        while (System.in.read() >= 0) {}
        tomcat.stop();
        tomcat.destroy();
    }

    private static Connector connector(String pki, int port) {
        SSLHostConfig tls = new SSLHostConfig();
        tls.setProtocols("TLSv1.2+TLSv1.3");
        tls.setCertificateVerification("required");
        tls.setTruststoreFile(pki + "/truststore.p12");
        tls.setTruststoreType("PKCS12");
        tls.setTruststorePassword(PASSWORD);
        tls.setCertificateRevocationListFile(pki + "/crl.pem");
        SSLHostConfigCertificate key = new SSLHostConfigCertificate(tls, SSLHostConfigCertificate.Type.UNDEFINED);
        key.setCertificateKeystoreFile(pki + "/server.p12");
        key.setCertificateKeystoreType("PKCS12");
        key.setCertificateKeystorePassword(PASSWORD);
        tls.addCertificate(key);

        Connector connector = new Connector("org.apache.coyote.http11.Http11NioProtocol");
        connector.setPort(port);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("SSLEnabled", "true");
        connector.setSecure(true);
        connector.setScheme("https");
        connector.addSslHostConfig(tls);
        return connector;
    }

    private static void record(Context application) {
        FilterDef filter = new FilterDef();
        filter.setFilterName("certrail-audit");
        filter.setFilterClass(AuditFilter.class.getName());
        filter.setAsyncSupported("true");
        application.addFilterDef(filter);
        FilterMap everything = new FilterMap();
        everything.setFilterName("certrail-audit");
        everything.addURLPattern("/*");
        for (DispatcherType type :
                new DispatcherType[] {DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR}) {
            everything.setDispatcher(type.name());
        }
        application.addFilterMap(everything);
    }

    public static final class Hello extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentLength(2);
            response.getWriter().print("ok");
        }
    }
}
