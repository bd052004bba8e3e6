package io.certrail.trail;

import java.nio.file.Path;

/** Where what lies in a trail's folder. */
record TrailLayout(Path folder) {
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
}
