package io.certrail.api;

import io.certrail.trail.TrailFolder;
import io.certrail.trail.TrailReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;

/** Reads the trail that this application writes. */
@ApplicationScoped
class TrailEntries implements EntrySource {
    @Inject
    TrailFolder folder;

    @Override
    public Entries from(long sequence) {
        TrailReader reader = folder.read(sequence);
        return new Entries() {
            @Override
            public boolean next() throws IOException {
                return reader.next();
            }

            @Override
            public byte[] line() {
                return reader.line();
            }

            @Override
            public void close() throws IOException {
                reader.close();
            }
        };
    }
}
