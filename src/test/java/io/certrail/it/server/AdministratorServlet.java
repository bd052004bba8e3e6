package io.certrail.it.server;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.management.ManagementFactory;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Does what an administrator does, from within the server, for the servers under test have no other port: a command of
 * Payara's ({@code command}, {@code argument}…), or an attribute of WildFly's management model that is true or false
 * ({@code bean}, {@code attribute}, {@code value}).
 */
@WebServlet("/*")
public class AdministratorServlet extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String command = request.getParameter("command");
        String[] arguments = request.getParameterValues("argument");
        try {
            if (command != null) {
                response.getWriter().print(run(command, arguments == null ? new String[0] : arguments));
            } else {
                ManagementFactory.getPlatformMBeanServer()
                        .setAttribute(
                                new ObjectName(request.getParameter("bean")),
                                new Attribute(
                                        request.getParameter("attribute"),
                                        Boolean.valueOf(request.getParameter("value"))));
                response.getWriter().print("done");
            }
        } catch (ReflectiveOperationException | JMException e) {
            throw new ServletException(e);
        }
    }

    private static String run(String command, String[] arguments) throws ReflectiveOperationException {
        Class<?> type = Class.forName("org.glassfish.embeddable.CommandRunner");
        Object habitat = Class.forName("org.glassfish.internal.api.Globals")
                .getMethod("getDefaultHabitat")
                .invoke(null);
        Object runner = Class.forName("org.glassfish.hk2.api.ServiceLocator")
                .getMethod("getService", Class.class, Annotation[].class)
                .invoke(habitat, type, new Annotation[0]);
        Object result = type.getMethod("run", String.class, String[].class).invoke(runner, command, arguments);
        Class<?> results = Class.forName("org.glassfish.embeddable.CommandResult");
        String status = String.valueOf(results.getMethod("getExitStatus").invoke(result));
        return status.equals("SUCCESS")
                ? "done"
                : results.getMethod("getOutput").invoke(result) + " " + result;
    }
}
