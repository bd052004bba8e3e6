package io.certrail.trail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many lines the newest checkpoint says that there are, before anybody has looked at its signature: what recovery
 * must not touch. The second line of a C2SP {@code tlog-checkpoint}.
 */
final class CheckpointedSize {
    private static final Pattern SIZE = Pattern.compile("[^\n]+\n(0|[1-9][0-9]{0,17})\n");
    private static final int MAX_FILE_BYTES = 1 << 20;

    private CheckpointedSize() {}

    /** 0 if there is no checkpoint, or none that says it: opening the tree then tells what is wrong with it. */
    static long read(TrailFiles files, Path folder) throws IOException {
        byte[] note = SmallFile.read(files, new TrailLayout(folder).checkpoint(), MAX_FILE_BYTES)
                .orElse(new byte[0]);
        Matcher size = SIZE.matcher(new String(note, StandardCharsets.UTF_8));
        return size.lookingAt() ? Long.parseLong(size.group(1)) : 0;
    }
}
