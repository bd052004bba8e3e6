package io.certrail.bench.append;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Path;
import org.wildfly.security.audit.AuditEndpoint;
import org.wildfly.security.audit.EventPriority;
import org.wildfly.security.audit.FileAuditEndpoint;

/** WildFly's own audit log: Elytron's endpoint, flushed and synchronised with each event. */
final class ElytronFile implements RecordLog {
    private final AuditEndpoint endpoint;

    ElytronFile(Path folder) throws IOException {
        endpoint = FileAuditEndpoint.builder()
                .setLocation(folder.resolve("elytron"))
                .setSyncOnAccept(true)
                .setFlushOnAccept(true)
                .build();
    }

    @Override
    public void append(byte[] line) throws IOException {
        endpoint.accept(EventPriority.INFORMATIONAL, new String(line, US_ASCII));
    }

    @Override
    public void close() throws IOException {
        endpoint.close();
    }
}
