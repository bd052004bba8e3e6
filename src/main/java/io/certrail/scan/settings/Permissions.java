package io.certrail.scan.settings;

import io.certrail.scan.settings.Rule.Fault;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may read and change a log: a file, or a trail's folder with all that is in it. It may be in use meanwhile: what is
 * gone before it is looked at has no permissions that matter.
 */
final class Permissions extends SimpleFileVisitor<Path> {
    private static final Pattern PLAIN = Pattern.compile("[\\w./+@%=:,-]+");

    private final Path log;
    private final List<Fault> faults = new ArrayList<>();

    /** @param log where it really is */
    Permissions(Path log) {
        this.log = log;
    }

    static List<Fault> faults(Path log) throws IOException {
        if (!Files.exists(log)) {
            return List.of(); // who reads it tells that better
        }
        if (!Files.getFileStore(log).supportsFileAttributeView("posix")) {
            return List.of();
        }
        var permissions = new Permissions(log.toRealPath());
        Files.walkFileTree(permissions.log, permissions);
        return permissions.found();
    }

    List<Fault> found() {
        return List.copyOf(faults);
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
        check(folder);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (!attributes.isSymbolicLink()) {
            check(file);
        }
        return FileVisitResult.CONTINUE;
    }

    /** A folder that only others may enter has permissions like any other. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        check(file);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) {
        return FileVisitResult.CONTINUE;
    }

    private void check(Path file) throws IOException {
        try {
            check(file, Files.getPosixFilePermissions(file));
        } catch (NoSuchFileException | AccessDeniedException e) {
            // gone, or nobody's business but its owner's
        }
    }

    private void check(Path file, Set<PosixFilePermission> granted) {
        String mode = PosixFilePermissions.toString(granted);
        if (granted.contains(PosixFilePermission.OTHERS_WRITE) || granted.contains(PosixFilePermission.GROUP_WRITE)) {
            faults.add(Rule.WRITABLE.fault(file.toString(), mode, "others may write", "chmod go-w " + quoted(file)));
        }
        boolean key = file.equals(log.resolve("key"));
        boolean read = granted.contains(PosixFilePermission.OTHERS_READ);
        if (key && (read || granted.contains(PosixFilePermission.GROUP_READ))) {
            faults.add(
                    Rule.KEY_READABLE.fault(file.toString(), mode, "expected rw-------", "chmod 600 " + quoted(file)));
        } else if (!key && file.equals(log) && read) {
            faults.add(Rule.READABLE.fault(file.toString(), mode, "others may read", "chmod o= " + quoted(file)));
        }
    }

    /** As a shell takes it for one word: POSIX.1-2017, Shell Command Language, section 2.2.2. */
    private static String quoted(Path file) {
        String name = file.toString();
        return PLAIN.matcher(name).matches() ? name : "'" + name.replace("'", "'\\''") + "'";
    }
}
