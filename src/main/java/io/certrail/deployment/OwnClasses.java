package io.certrail.deployment;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Loads at the start what the end needs. Payara Micro deletes the unpacked application in a shutdown hook of its own
 * while the application is being stopped in another: a class that is first used then cannot be loaded any more, and the
 * trail's last records would be lost.
 *
 * <p>Follows the names of Certrail's classes in the constant pools (JVMS section 4.4) of those already loaded.
 */
final class OwnClasses {
    private static final Pattern NAME = Pattern.compile("io/certrail/[\\w/$]+");

    private final ClassLoader loader;
    private final Set<String> seen = new HashSet<>();
    private final Deque<String> waiting = new ArrayDeque<>();
    private int loaded;

    private OwnClasses(ClassLoader loader) {
        this.loader = loader;
    }

    /**
     * Loads all classes of Certrail's that this one leads to, without initialising any. What cannot be loaded, because
     * the server lacks an API, is passed over.
     *
     * @return how many were loaded
     */
    static int load(Class<?> from) {
        OwnClasses classes = new OwnClasses(from.getClassLoader());
        classes.add(from.getName().replace('.', '/'));
        while (!classes.waiting.isEmpty()) {
            classes.loadOne(classes.waiting.pop());
        }
        return classes.loaded;
    }

    private void add(String name) {
        if (seen.add(name)) {
            waiting.push(name);
        }
    }

    private void loadOne(String name) {
        try (InputStream in = loader.getResourceAsStream(name + ".class")) {
            if (in != null) {
                Class.forName(name.replace('/', '.'), false, loader);
                loaded++;
                readPool(new DataInputStream(in));
            }
        } catch (IOException | ReflectiveOperationException | LinkageError e) {
            // an API that this server lacks, or no class at all: whoever needs it finds out, and says so better
        }
    }

    private void readPool(DataInputStream in) throws IOException {
        in.readLong(); // magic and version
        int size = in.readUnsignedShort();
        for (int i = 1; i < size; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> addNames(in.readUTF());
                case 5, 6 -> {
                    in.readLong();
                    i++; // takes two entries (JVMS section 4.4.5)
                }
                case 3, 4, 9, 10, 11, 12, 17, 18 -> in.readInt();
                case 15 -> in.readNBytes(3);
                case 7, 8, 16, 19, 20 -> in.readUnsignedShort();
                default -> throw new IOException("constant pool tag " + tag);
            }
        }
    }

    /** Names of classes stand alone, in descriptors, and in signatures. */
    private void addNames(String text) {
        Matcher matcher = NAME.matcher(text);
        while (matcher.find()) {
            add(matcher.group());
        }
    }
}
