package io.certrail.dev;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/**
 * Runs inside the server, as an agent, so that the server's own start is as in production: when the standard input ends,
 * because the parent closed it or is dead however it died, the server shuts down in its own orderly way. Uses the JDK
 * only: it is alone in its jar.
 */
public final class ParentWatch {
    private ParentWatch() {}

    /** Called by the JVM before the server's main method. */
    public static void premain(String arguments, Instrumentation unused) {
        InputStream parent = System.in;
        System.setIn(InputStream.nullInputStream()); // Payara Server would wait there for its master password
        var watch = new Thread(() -> awaitEnd(parent), "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private static void awaitEnd(InputStream parent) {
        try {
            parent.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // A broken pipe says the same as its end: nobody is there.
        }
        System.exit(0);
    }

    /** Writes the jar with this class alone. */
    static void pack(Path jar) throws IOException {
        String name = ParentWatch.class.getName().replace('.', '/') + ".class";
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), ParentWatch.class.getName());
        try (var in = ParentWatch.class.getClassLoader().getResourceAsStream(name);
                var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            if (in == null) {
                throw new IOException(name + " is not on the class path");
            }
            out.putNextEntry(new ZipEntry(name));
            in.transferTo(out);
        }
    }
}
