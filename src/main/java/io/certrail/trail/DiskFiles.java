package io.certrail.trail;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files on the default file system. Where it knows POSIX modes, folders get 0750 and files 0640. */
final class DiskFiles implements TrailFiles {
    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    @Override
    public Closeable lock(Path file) throws IOException {
        return DiskLock.acquire(file, modes(file, "rw-r-----"));
    }

    @Override
    public Closeable lockShared(Path file) throws IOException {
        return DiskLock.share(file);
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, modes(folder, "rwxr-x---"));
        }
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        if (isPosix(folder)) { // elsewhere a folder can not be opened, nor need be
            try (FileChannel channel = FileChannel.open(folder, READ)) {
                channel.force(true);
            }
        }
    }

    @Override
    public List<Listed> list(Path folder) throws IOException {
        Path last = lastName(folder);
        List<Listed> listed = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (last != null && file.compareTo(last) <= 0) {
                    add(listed, file);
                }
            }
        }
        listed.sort(Comparator.comparing(Listed::file));
        return listed;
    }

    /**
     * The greatest name in a folder; null: it is empty. A folder is read piece by piece, and of two files made meanwhile the
     * second alone may be in a piece still to come. What was there before the reading began is in one for certain, so
     * what this gives bounds what a second reading may tell.
     */
    private static @Nullable Path lastName(Path folder) throws IOException {
        Path last = null;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                last = last == null || file.compareTo(last) > 0 ? file : last;
            }
        }
        return last;
    }

    private static void add(List<Listed> listed, Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (attributes.isRegularFile()) {
                listed.add(new Listed(
                        file, attributes.size(), attributes.lastModifiedTime().toInstant()));
            }
        } catch (NoSuchFileException e) {
            // deleted since the folder was read
        }
    }

    @Override
    public OpenFile create(Path file) throws IOException {
        return ChannelFile.of(file, FileChannel.open(file, Set.of(CREATE_NEW, WRITE), modes(file, "rw-r-----")));
    }

    @Override
    public OpenFile createPrivate(Path file) throws IOException {
        return ChannelFile.of(file, FileChannel.open(file, Set.of(CREATE_NEW, WRITE), modes(file, "rw-------")));
    }

    @Override
    public boolean isPrivate(Path file) throws IOException {
        return !isPosix(file) || OWNERS.containsAll(Files.getPosixFilePermissions(file));
    }

    @Override
    public String owner(Path file) throws IOException {
        return isPosix(file) ? Files.getOwner(file).getName() : "";
    }

    @Override
    public void replace(Path from, Path to) throws IOException {
        Files.move(from, to, ATOMIC_MOVE, REPLACE_EXISTING);
    }

    @Override
    public OpenFile open(Path file) throws IOException {
        RegularFile.checkWritable(file);
        return ChannelFile.of(file, FileChannel.open(file, WRITE, NOFOLLOW_LINKS));
    }

    @Override
    public OpenFile openSynchronous(Path file) throws IOException {
        return SynchronousFile.open(file);
    }

    @Override
    public SeekableByteChannel read(Path file, long offset) throws IOException {
        RegularFile.checkReadable(file);
        return FileChannel.open(file, READ).position(offset);
    }

    @Override
    public @Nullable Object identity(Path file) throws IOException {
        return ChannelFile.key(file);
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static FileAttribute<?>[] modes(Path path, String modes) {
        return isPosix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(modes))}
                : new FileAttribute<?>[0];
    }
}
