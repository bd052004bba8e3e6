package io.certrail.scan.selfcheck;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.certrail.scan.log.LogSource;
import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The trail that this server is writing, from its end on. Probes that go to the server itself come from one of its own
 * addresses, so the records of clients from elsewhere are passed over: a busy server's would not fit into memory.
 */
final class OwnTrail implements LogSource {
    private static final String CLIENT = "\"client\":{\"address\":\"";

    private final Path folder;
    private final LongSupplier end;
    private final boolean ownClientsOnly;
    private final long most;
    private @Nullable TrailReader reader;
    private Set<String> own = Set.of();
    private long kept;

    /**
     * Not read yet.
     *
     * @param end the sequence of the next record
     * @param ownClientsOnly whether all probes come from this machine
     * @param most bytes of lines that are given at most
     */
    OwnTrail(Path folder, LongSupplier end, boolean ownClientsOnly, long most) {
        this.folder = folder;
        this.end = end;
        this.ownClientsOnly = ownClientsOnly;
        this.most = most;
    }

    @Override
    public String name() {
        return folder.toString();
    }

    @Override
    public void mark() throws IOException {
        reader = TrailReader.open(TrailFiles.onDisk(), folder, end.getAsLong());
        own = addresses();
    }

    private static Set<String> addresses() throws IOException {
        Set<String> addresses = new HashSet<>();
        for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
            each.inetAddresses().map(InetAddress::getHostAddress).forEach(addresses::add);
        }
        return addresses;
    }

    @Override
    public List<String> poll() throws IOException {
        TrailReader open = reader;
        List<String> lines = new ArrayList<>();
        while (open != null && open.next()) {
            String line = new String(open.line(), UTF_8);
            if (!ownClientsOnly || concernsProbes(line)) {
                kept += line.length();
                lines.add(line);
            }
            if (kept > most) {
                throw new IOException(
                        "more than " + (most >> 20) + " MiB of records came meanwhile: choose a quieter time");
            }
        }
        return lines;
    }

    /** What names no client may be a probe's, too: a forged record, if there were one. */
    private boolean concernsProbes(String line) {
        int at = line.indexOf(CLIENT);
        if (at < 0) {
            return true;
        }
        int from = at + CLIENT.length();
        String address = line.substring(from, Math.max(from, line.indexOf('"', from)));
        return address.contains(":") || own.contains(address); // IPv6 can be written in several ways
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
        }
    }
}
