package io.certrail.recorder;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Tells what a server threw where it reads requests and writes answers from what applications throw. */
public final class ServerCode {
    private static final List<String> SERVERS = List.of(
            "org.glassfish.grizzly.",
            "org.apache.catalina.",
            "org.apache.coyote.",
            "org.apache.tomcat.util.net.",
            "io.undertow.",
            "org.xnio.",
            "org.eclipse.jetty.",
            "com.ibm.ws.");

    private static final Pattern JDK = Pattern.compile("(?:java|javax\\.net|jdk|sun|com\\.sun)\\..*");

    private ServerCode() {}

    /**
     * Whether a known server threw it, itself or by what it called of the JDK. Others have streams that fail as well: a
     * database's driver, a client or a filter of the application's.
     */
    public static boolean threw(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .map(StackTraceElement::getClassName)
                .filter(name -> !JDK.matcher(name).matches())
                .findFirst()
                .filter(name -> SERVERS.stream().anyMatch(name::startsWith))
                .isPresent();
    }
}
