package io.certrail.verify;

import io.certrail.tlog.KeyChain;
import io.certrail.tlog.Opened;
import io.certrail.tlog.VerifierKey;
import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys that are trusted: from the one that was given, or else the folder's own, on through the rotations. */
final class Keys {
    private Keys() {}

    /** @throws IOException if there is no key to begin with */
    static KeyChain chain(TrailFiles files, Path folder, @Nullable VerifierKey given, Findings findings)
            throws IOException {
        TrailKeys keys = TrailKeys.of(files, folder);
        KeyChain chain = KeyChain.of(given == null ? own(keys, folder, findings) : given);
        if (given != null) {
            compare(keys, given, findings);
        }
        for (TrailKeys.RotationNote note : keys.rotations()) {
            Place place = Place.file("keys/" + note.file().getFileName());
            Opened<KeyChain> longer;
            try {
                longer = chain.with(note.bytes());
            } catch (IOException e) { // whoever put it there must not hide by it what else is found
                findings.add(FindingKind.KEY_ROTATION_REJECTED, place, "cannot be read: " + e.getMessage());
                return chain;
            }
            if (longer instanceof Opened.Rejected<KeyChain> rejected) {
                findings.add(FindingKind.KEY_ROTATION_REJECTED, place, rejected.flaw() + ": " + rejected.detail());
                return chain;
            }
            chain = longer.accepted().orElseThrow();
        }
        return chain;
    }

    private static VerifierKey own(TrailKeys keys, Path folder, Findings findings) throws IOException {
        VerifierKey own = keys.first()
                .orElseThrow(() -> new IOException(folder + " has no key.pub, and no key was given:"
                        + " is it a trail, or one of version 0.1, which had no checkpoints?"));
        findings.add(FindingKind.VOUCHES_FOR_ITSELF, Place.file("key.pub"), "taken: " + own.text());
        return own;
    }

    private static void compare(TrailKeys keys, VerifierKey given, Findings findings) {
        try {
            Optional<VerifierKey> own = keys.first();
            if (own.isEmpty() || !own.get().equals(given)) {
                String there = own.map(VerifierKey::text).orElse("none");
                findings.add(FindingKind.KEY_DIFFERS, Place.file("key.pub"), "there: " + there + ", given: " + given);
            }
        } catch (IOException e) {
            findings.add(FindingKind.KEY_DIFFERS, Place.file("key.pub"), String.valueOf(e.getMessage()));
        }
    }
}
