package io.certrail.dev;

import java.nio.file.Path;

/** The servers that the build knows, by the names of their folders in server-config. */
public final class Products {
    private Products() {}

    /**
     * A server.
     *
     * @param project the project's folder
     * @param build Maven's build folder, where the server was put
     * @param adminPort where it is administered, if it is
     * @throws StartException if there is none of that name
     */
    public static Product named(String name, Path project, Path build, int adminPort) throws StartException {
        Path configuration = project.resolve("server-config").resolve(name);
        return switch (name) {
            case "payara-micro" -> new PayaraMicro(build.resolve("payara-micro.jar"), configuration);
            case "payara-server" ->
                new PayaraServer(build.resolve("payara6"), configuration, build.resolve("payara-server"), adminPort);
            case "wildfly" -> new WildFly(build.resolve("wildfly-39.0.1.Final"), configuration, build);
            default ->
                throw new StartException("there is no server '" + name + "': payara-micro, payara-server, wildfly");
        };
    }
}
