package io.certrail.it.server;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.lang.annotation.Annotation;

/** Deploys and undeploys other applications of its server, through the server's embeddable API. */
@WebServlet("/*")
public class DeployerServlet extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String war = request.getParameter("war");
        String name = request.getParameter("name");
        try {
            Class<?> deployer = Class.forName("org.glassfish.embeddable.Deployer");
            Object habitat = Class.forName("org.glassfish.internal.api.Globals")
                    .getMethod("getDefaultHabitat")
                    .invoke(null);
            Object found = Class.forName("org.glassfish.hk2.api.ServiceLocator")
                    .getMethod("getService", Class.class, Annotation[].class)
                    .invoke(habitat, deployer, new Annotation[0]);
            if (war == null) {
                deployer.getMethod("undeploy", String.class, String[].class).invoke(found, name, new String[0]);
            } else {
                deployer.getMethod("deploy", File.class, String[].class).invoke(found, new File(war), new String[] {
                    "--name", name, "--contextroot", request.getParameter("root"), "--force=true"
                });
            }
            response.getWriter().print("done");
        } catch (ReflectiveOperationException e) {
            throw new ServletException(e);
        }
    }
}
