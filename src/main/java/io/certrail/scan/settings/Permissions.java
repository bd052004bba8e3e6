package io.certrail.scan.settings;

import io.certrail.scan.settings.Rule.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Who may read and change a log: a file, or a trail's folder with all that is in it. */
final class Permissions {
    private Permissions() {}

    static List<Fault> faults(Path log) throws IOException {
        if (!Files.exists(log)) {
            return List.of(); // who reads it tells that better
        }
        if (!Files.getFileStore(log).supportsFileAttributeView("posix")) {
            return List.of();
        }
        List<Fault> faults = new ArrayList<>();
        try (Stream<Path> all = Files.walk(log)) {
            for (Path each : all.filter(path -> !Files.isSymbolicLink(path)).toList()) {
                check(log, each, faults);
            }
        }
        return faults;
    }

    private static void check(Path log, Path file, List<Fault> faults) throws IOException {
        Set<PosixFilePermission> granted = Files.getPosixFilePermissions(file);
        String mode = PosixFilePermissions.toString(granted);
        if (granted.contains(PosixFilePermission.OTHERS_WRITE) || granted.contains(PosixFilePermission.GROUP_WRITE)) {
            faults.add(Rule.WRITABLE.fault(file.toString(), mode, "others may write", "chmod go-w " + file));
        }
        boolean key = isKey(log, file);
        boolean read = granted.contains(PosixFilePermission.OTHERS_READ);
        if (key && (read || granted.contains(PosixFilePermission.GROUP_READ))) {
            faults.add(Rule.KEY_READABLE.fault(file.toString(), mode, "expected rw-------", "chmod 600 " + file));
        } else if (!key && file.equals(log) && read) {
            faults.add(Rule.READABLE.fault(file.toString(), mode, "others may read", "chmod o= " + file));
        }
    }

    private static boolean isKey(Path log, Path file) {
        return file.equals(log.resolve("key"));
    }
}
