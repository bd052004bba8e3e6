package io.certrail.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.certrail.trail.TrailFiles;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The disk, but a trail of one file has always one record more: they come faster than anybody reads. */
final class EndlessFiles {
    private EndlessFiles() {}

    /** @param segment its only file */
    static TrailFiles of(Path segment) throws IOException {
        List<String> lines = Files.readAllLines(segment);
        TrailFiles disk = TrailFiles.onDisk();
        return proxy(TrailFiles.class, (proxy, method, arguments) -> {
            Object result = method.invoke(disk, arguments);
            return result instanceof SeekableByteChannel file ? endless(file, lines) : result;
        });
    }

    private static SeekableByteChannel endless(SeekableByteChannel file, List<String> lines) {
        var more = new More(lines.get(lines.size() - 1), lines.size());
        return proxy(SeekableByteChannel.class, (proxy, method, arguments) -> {
            Object result = method.invoke(file, arguments);
            return method.getName().equals("read") && (int) result <= 0 ? more.read((ByteBuffer) arguments[0]) : result;
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** The records that follow: the last one again, with the next numbers. */
    private static final class More {
        private final String beginning;
        private int sequence;
        private ByteBuffer line = ByteBuffer.allocate(0);

        More(String last, int sequence) {
            this.beginning = last.substring(0, last.lastIndexOf(':') + 1);
            this.sequence = sequence;
        }

        int read(ByteBuffer into) {
            if (!line.hasRemaining()) {
                line = ByteBuffer.wrap((beginning + sequence++ + "}}\n").getBytes(UTF_8));
            }
            int read = 0;
            for (; line.hasRemaining() && into.hasRemaining(); read++) {
                into.put(line.get());
            }
            return read;
        }
    }
}
