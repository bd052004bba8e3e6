package io.certrail.trail;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where what lies in a trail's folder. */
record TrailLayout(Path folder) {
    /** What lies in the folder, by the first name below it: all that there is. */
    private enum Name {
        ENTRIES("entries"),
        TILE("tile"),
        CHECKPOINT("checkpoint"),
        CHECKPOINTS("checkpoints"),
        KEY("key"),
        KEY_NEXT("key.next"),
        KEY_PUB("key.pub"),
        KEYS("keys"),
        WAL("wal"),
        TORN("torn"),
        /** The sinks write it. */
        WITNESS("witness"),
        CLOCK("clock"),
        FORMAT("format"),
        LOCK("lock");

        /** Those, and what is about to take their places. */
        private static final Set<String> ALL = Arrays.stream(values())
                .flatMap(name -> Stream.of(name.file, name.file + Replacement.FRESH))
                .collect(Collectors.toUnmodifiableSet());

        private final String file;

        Name(String file) {
            this.file = file;
        }
    }

    private Path at(Name name) {
        return folder.resolve(name.file);
    }

    Path entries() {
        return at(Name.ENTRIES);
    }

    Path checkpoint() {
        return at(Name.CHECKPOINT);
    }

    Path checkpoints() {
        return at(Name.CHECKPOINTS);
    }

    Path publicKey() {
        return at(Name.KEY_PUB);
    }

    Path key() {
        return at(Name.KEY);
    }

    Path rotations() {
        return at(Name.KEYS);
    }

    Path witness() {
        return at(Name.WITNESS);
    }

    Path format() {
        return at(Name.FORMAT);
    }

    Path clock() {
        return at(Name.CLOCK);
    }

    Path lock() {
        return at(Name.LOCK);
    }

    /** Whether another folder is this one, above it, or, whatever the case of its name, one that the trail keeps in it. */
    boolean claims(Path other) {
        if (folder.startsWith(other)) {
            return true;
        }
        return other.startsWith(folder)
                && Name.ALL.contains(
                        folder.relativize(other).getName(0).toString().toLowerCase(Locale.ROOT));
    }
}
