package io.certrail.scan.selfcheck;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailFiles.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** The last report, in the trail's folder: an old one or a new one, for whoever looks, never a part. */
public final class ReportFile {
    /** Its name. */
    public static final String NAME = "scan.json";

    private final TrailFiles files;
    private final Path folder;

    ReportFile(TrailFiles files, Path folder) {
        this.files = files;
        this.folder = folder;
    }

    void replace(String report) throws IOException {
        Path made = folder.resolve(NAME + ".new");
        files.delete(made);
        try (OpenFile file = files.create(made)) {
            file.write(ByteBuffer.wrap(report.getBytes(UTF_8)), 0);
            file.force();
        }
        files.replace(made, folder.resolve(NAME));
        files.forceFolder(folder);
    }
}
