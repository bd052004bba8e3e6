package io.certrail.index.lucene;

import io.certrail.index.FedTrail;
import io.certrail.index.RecordIndex;
import io.certrail.index.RecordIndexContract;
import io.certrail.trail.TrailFiles;
import java.io.IOException;
import java.nio.file.Path;

final class LuceneIndexTest extends RecordIndexContract {
    @Override
    protected RecordIndex open(Path trail) throws IOException {
        return LuceneIndex.open(trail.resolve("index"), FedTrail.ORIGIN, TrailFiles.onDisk(), trail);
    }
}
