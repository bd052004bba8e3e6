package io.certrail.api;

import io.certrail.scan.selfcheck.ReportFile;
import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailOptions;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/**
 * The last report of {@code certrail scan} or of the self-check, which lies in the trail's folder: the command line puts it
 * there with {@code --format json=FOLDER/scan.json}.
 */
@Path("/scan")
@ApplicationScoped
public class ScanResource {
    @Inject
    @Nullable
    TrailOptions options;

    /** For the container. */
    public ScanResource() {}

    /** The report as it was written; 404 if there is none. */
    @GET
    @RolesAllowed(EntriesResource.ROLE)
    @Produces(MediaType.APPLICATION_JSON)
    public StreamingOutput last() throws IOException {
        if (options == null) {
            throw new ServiceUnavailableException();
        }
        try {
            InputStream report = Channels.newInputStream(
                    TrailFiles.onDisk().read(options.folder().resolve(ReportFile.NAME), 0));
            return to -> {
                try (report) {
                    report.transferTo(to);
                }
            };
        } catch (NoSuchFileException e) {
            throw new NotFoundException(e);
        }
    }
}
