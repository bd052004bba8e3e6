package io.certrail.trail;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** Where what lies in a trail's folder. */
record TrailLayout(Path folder) {
    /** What lies in the folder, by the first name below it; {@code witness} is the sinks'. */
    private static final Set<String> OWN = Set.of(
            "entries",
            "tile",
            "checkpoints",
            "keys",
            "wal",
            "torn",
            "witness",
            "checkpoint",
            "key",
            "key.pub",
            "format",
            "lock");

    Path entries() {
        return folder.resolve("entries");
    }

    Path checkpoint() {
        return folder.resolve("checkpoint");
    }

    Path checkpoints() {
        return folder.resolve("checkpoints");
    }

    Path publicKey() {
        return folder.resolve("key.pub");
    }

    Path key() {
        return folder.resolve("key");
    }

    Path rotations() {
        return folder.resolve("keys");
    }

    Path format() {
        return folder.resolve("format");
    }

    Path clock() {
        return folder.resolve("clock");
    }

    Path lock() {
        return folder.resolve("lock");
    }

    /** Whether another folder is this one, above it, or, whatever the case of its name, one that the trail keeps in it. */
    boolean claims(Path other) {
        if (folder.startsWith(other)) {
            return true;
        }
        return other.startsWith(folder)
                && OWN.contains(folder.relativize(other).getName(0).toString().toLowerCase(Locale.ROOT));
    }
}
