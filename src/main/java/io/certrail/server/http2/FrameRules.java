package io.certrail.server.http2;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which rule of the framing layer a client breaks (RFC 9113 sections 3.4, 4, 5.1 and 6). It judges nobody: a server decides what
 * it minds, and this knows what that was, in the same words on every server. For one thread at a time.
 */
public final class FrameRules {
    private static final int ACK = 0x1;
    private static final int END_STREAM = 0x1;
    private static final int END_HEADERS = 0x4;
    private static final int PADDED = 0x8;
    private static final int WITH_PRIORITY = 0x20;

    private static final int PRIORITY_LENGTH = 5;
    private static final int SETTING_LENGTH = 6;
    private static final int ENABLE_PUSH = 2;
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final int MAX_FRAME_SIZE = 5;
    private static final int LEAST_FRAME_SIZE = 1 << 14;
    private static final int GREATEST_FRAME_SIZE = (1 << 24) - 1;

    /** More than servers let a client have by default. */
    private static final int MOST_OPEN = 256;

    private final FrameScanner scanner;
    private final Consumer<FrameScanner> listener;
    private boolean begun;
    /** The highest that the client opened. */
    private int newest;
    /** Those that the client opened and neither ended nor reset; once there were too many, nobody knows. */
    private final Set<Integer> open = new HashSet<>();

    private boolean tooManyOpen;
    /** Whose header block goes on in the next frame; 0: none. */
    private int inBlock;
    /** Whose header block came last, and how many bytes of it. */
    private int blockStream;

    private int blockLength;
    private boolean blockIsSecond;
    private boolean blockIsFirst;
    private boolean hadBlock;
    private final KeptBlock block = new KeptBlock();
    /** Whose that is, whatever comes after it. */
    private int keptStream;

    private @Nullable String broken;
    private int brokenOn;
    private int lastType;
    private int lastStream;
    private int lastLength;

    /** @param listener hears of each frame of which all has come; must not throw */
    public FrameRules(Consumer<FrameScanner> listener) {
        this.listener = listener;
        this.scanner = new FrameScanner(new FrameScanner.Listener() {
            @Override
            public void begins(FrameScanner frame) {
                begin(frame);
            }

            @Override
            public void payload(FrameScanner frame, ByteBuffer bytes, int from, int to) {
                if (isOfBlock(frame)) {
                    block.append(bytes, from, to);
                }
            }

            @Override
            public void whole(FrameScanner frame) {
                end(frame);
            }
        });
    }

    /**
     * Takes what the client sent; the buffer's position is moved to its end. A server answers for what it has read before it
     * reads on: what it did not mind then is forgotten.
     */
    public void received(ByteBuffer bytes) {
        if (!scanner.isInFrame()) {
            broken = null;
        }
        scanner.scan(bytes);
        if (scanner.isInFrame()) {
            note(payload(scanner)); // no server has to wait for the rest
        }
    }

    /**
     * What is wrong with what came last, in words; {@code null}: no rule of the framing layer is broken.
     *
     * @param stream that the server reset; 0: it ended the connection
     * @param error the name of the error with which the server answered, see {@link ErrorCode}; empty if unknown
     */
    public @Nullable String broken(int stream, String error) {
        if (broken != null) {
            return stream == 0 || stream == brokenOn ? broken : null;
        }
        return stream == 0 || stream == lastStream ? unsaid(error) : null;
    }

    /**
     * How many bytes of header block came, as the last thing that did; 0 if that was something else.
     *
     * @param stream whose; 0: any
     */
    public int headerBlock(int stream) {
        boolean last = inBlock != 0 || lastType == FrameScanner.HEADERS || lastType == FrameScanner.CONTINUATION;
        boolean asked = stream == 0 ? last : stream == blockStream;
        return asked ? blockLength : 0;
    }

    /** The stream whose header block came last; 0: none did. */
    public int headerStream() {
        return blockStream;
    }

    /**
     * Whether the header block that came last is not the first of its stream: trailers, then, or out of place.
     *
     * @param stream whose; 0: any
     */
    public boolean isOfTrailers(int stream) {
        return blockIsSecond && (stream == 0 || stream == blockStream);
    }

    /**
     * What is wrong inside of the header block that came last, and that the server did not take up, whatever came after it;
     * {@code null} if that is nothing, or does not show.
     *
     * @param stream whose; 0: any
     */
    public @Nullable HeaderFault headerFault(int stream) {
        boolean arriving = scanner.isInFrame() && isOfBlock(scanner);
        byte[] bytes = inBlock == 0 && !arriving && (stream == 0 || stream == keptStream) ? block.bytes() : null;
        if (bytes == null) {
            return null;
        }
        HeaderFields fields = new HeaderFields();
        String compression = HeaderBlock.read(bytes, blockIsFirst, fields::take);
        if (compression != null) {
            return new HeaderFault(HeaderFault.Part.HEADER, compression);
        }
        return blockIsSecond ? null : fields.found();
    }

    /** The server took up the header block of a stream. */
    void taken(int stream) {
        if (stream == keptStream) {
            block.drop();
        }
    }

    /** The stream of a HEADERS frame whose end is still to come; 0: there is none. */
    int arrivingHeader() {
        return scanner.isInFrame() && lastType == FrameScanner.HEADERS ? lastStream : 0;
    }

    /** Whether a header block has begun and not ended, so that no other frame is in its place. */
    boolean isInBlock() {
        return inBlock != 0;
    }

    /** What is no fault by itself, but is one after such an answer. */
    private @Nullable String unsaid(String error) {
        return switch (error) {
            case "STREAM_CLOSED" -> FrameScanner.name(lastType) + " on stream " + lastStream + ", which is closed";
            case "FLOW_CONTROL_ERROR" -> windowTooLarge();
            case "FRAME_SIZE_ERROR", "PROTOCOL_ERROR", "" -> tooLong();
            default -> null;
        };
    }

    private @Nullable String windowTooLarge() {
        return lastType == FrameScanner.WINDOW_UPDATE
                ? "WINDOW_UPDATE on stream " + lastStream + " beyond a window of 2^31-1 bytes"
                : null;
    }

    private @Nullable String tooLong() {
        return lastLength > LEAST_FRAME_SIZE ? FrameScanner.name(lastType) + " of " + lastLength + " bytes" : null;
    }

    private void begin(FrameScanner frame) {
        lastType = frame.type();
        lastStream = frame.stream();
        lastLength = frame.length();
        note(order(frame));
        note(place(frame));
        note(size(frame));
        follow(frame);
    }

    private void end(FrameScanner frame) {
        note(payload(frame));
        if (frame.type() == FrameScanner.HEADERS && frame.has(PADDED) && frame.kept() > 0) {
            block.cut(frame.octet(0));
        }
        listener.accept(frame);
    }

    private void note(@Nullable String found) {
        if (broken == null && found != null) {
            broken = found;
            brokenOn = lastStream;
        }
    }

    /** What comes next: sections 3.4 and 4.3. */
    private @Nullable String order(FrameScanner frame) {
        boolean continues = frame.type() == FrameScanner.CONTINUATION;
        if (!begun && frame.type() != FrameScanner.SETTINGS) {
            return frame.name() + " instead of SETTINGS as the first frame";
        }
        if (inBlock != 0 && !(continues && frame.stream() == inBlock)) {
            return frame.name() + " on stream " + frame.stream() + " in the middle of the header block of stream "
                    + inBlock;
        }
        return inBlock == 0 && continues ? "CONTINUATION of no header block" : null;
    }

    /** Which streams a type of frame may be on: sections 5.1, 5.1.1 and 6. */
    private @Nullable String place(FrameScanner frame) {
        int stream = frame.stream();
        return switch (frame.type()) {
            case FrameScanner.SETTINGS, FrameScanner.PING, FrameScanner.GOAWAY ->
                stream == 0 ? null : frame.name() + " on stream " + stream + " instead of 0";
            case FrameScanner.PUSH_PROMISE -> "PUSH_PROMISE from a client";
            case FrameScanner.PRIORITY, FrameScanner.CONTINUATION -> onNone(frame);
            case FrameScanner.HEADERS ->
                stream != 0 && isEven(stream)
                        ? "HEADERS on stream " + stream + ", where a client's are odd"
                        : first(onNone(frame), second(frame));
            case FrameScanner.DATA -> first(onNone(frame), first(onIdle(frame), onClosed(frame)));
            case FrameScanner.RST_STREAM -> first(onNone(frame), onIdle(frame));
            case FrameScanner.WINDOW_UPDATE -> stream == 0 ? null : onIdle(frame);
            default -> null; // of a type that a server passes over
        };
    }

    private static @Nullable String onNone(FrameScanner frame) {
        return frame.stream() == 0 ? frame.name() + " on stream 0" : null;
    }

    private @Nullable String onIdle(FrameScanner frame) {
        int stream = frame.stream();
        return stream > newest || isEven(stream)
                ? frame.name() + " on stream " + stream + ", which was never opened"
                : null;
    }

    private @Nullable String onClosed(FrameScanner frame) {
        int stream = frame.stream();
        boolean closed = stream <= newest && !tooManyOpen && !open.contains(stream);
        return closed ? frame.name() + " on stream " + stream + ", which is closed" : null;
    }

    /** Trailers: section 8.1. */
    private @Nullable String second(FrameScanner frame) {
        if (frame.stream() > newest) {
            return null;
        }
        boolean again = !frame.has(END_STREAM) && open.contains(frame.stream());
        return again ? "second HEADERS on stream " + frame.stream() + " without its end" : onClosed(frame);
    }

    private static @Nullable String first(@Nullable String found, @Nullable String other) {
        return found == null ? other : found;
    }

    private static boolean isEven(int stream) {
        return (stream & 1) == 0;
    }

    private static @Nullable String size(FrameScanner frame) {
        int length = frame.length();
        return switch (frame.type()) {
            case FrameScanner.PRIORITY -> length == PRIORITY_LENGTH ? null : ofLength(frame, "of 5");
            case FrameScanner.RST_STREAM, FrameScanner.WINDOW_UPDATE -> length == 4 ? null : ofLength(frame, "of 4");
            case FrameScanner.PING -> length == 8 ? null : ofLength(frame, "of 8");
            case FrameScanner.GOAWAY -> length >= 8 ? null : ofLength(frame, "of 8 or more");
            case FrameScanner.SETTINGS -> settingsSize(frame);
            case FrameScanner.HEADERS -> headersSize(frame);
            default -> null;
        };
    }

    /** Too short for the fields that its flags announce; that of the padding's length tells more by itself. */
    private static @Nullable String headersSize(FrameScanner frame) {
        boolean shorter = frame.has(WITH_PRIORITY) && !frame.has(PADDED) && frame.length() < PRIORITY_LENGTH;
        return shorter ? ofLength(frame, "of 5 or more") : null;
    }

    private static @Nullable String settingsSize(FrameScanner frame) {
        if (frame.has(ACK)) {
            return frame.length() == 0
                    ? null
                    : "acknowledgement of SETTINGS of " + frame.length() + " bytes instead of none";
        }
        return frame.length() % SETTING_LENGTH == 0 ? null : ofLength(frame, "of a multiple of 6");
    }

    private static String ofLength(FrameScanner frame, String right) {
        return frame.name() + " of " + frame.length() + " bytes instead " + right;
    }

    private void follow(FrameScanner frame) {
        begun = true;
        if (isOfBlock(frame)) {
            followBlock(frame);
        } else if (frame.type() == FrameScanner.DATA && frame.stream() == blockStream) {
            blockStream = 0;
        }
        boolean ends = frame.type() <= FrameScanner.HEADERS && frame.has(END_STREAM);
        if (frame.type() == FrameScanner.HEADERS && frame.stream() > newest && !isEven(frame.stream())) {
            newest = frame.stream();
            if (!ends) {
                opened(newest);
            }
        } else if (ends || frame.type() == FrameScanner.RST_STREAM) {
            open.remove(frame.stream());
        }
    }

    private static boolean isOfBlock(FrameScanner frame) {
        return frame.type() == FrameScanner.HEADERS || frame.type() == FrameScanner.CONTINUATION;
    }

    private void followBlock(FrameScanner frame) {
        long before = inBlock != 0 && frame.type() == FrameScanner.CONTINUATION ? blockLength : 0;
        if (frame.type() == FrameScanner.HEADERS) {
            blockIsSecond = frame.stream() <= newest;
            blockIsFirst = !hadBlock;
            hadBlock = true;
            block.begin((frame.has(PADDED) ? 1 : 0) + (frame.has(WITH_PRIORITY) ? PRIORITY_LENGTH : 0));
        }
        blockStream = frame.stream();
        keptStream = blockStream;
        blockLength = (int) Math.min(Integer.MAX_VALUE, before + frame.length());
        inBlock = frame.has(END_HEADERS) ? 0 : frame.stream();
    }

    private void opened(int stream) {
        if (open.size() == MOST_OPEN) {
            tooManyOpen = true;
            open.clear();
        } else if (!tooManyOpen) {
            open.add(stream);
        }
    }

    private static @Nullable String payload(FrameScanner frame) {
        return switch (frame.type()) {
            case FrameScanner.DATA -> padding(frame, 1);
            case FrameScanner.HEADERS -> headers(frame);
            case FrameScanner.PRIORITY -> frame.kept() < 4 ? null : dependency(frame, 0);
            case FrameScanner.SETTINGS -> frame.has(ACK) ? null : settings(frame);
            case FrameScanner.WINDOW_UPDATE ->
                frame.kept() == 4 && (frame.number(0) & Integer.MAX_VALUE) == 0
                        ? "WINDOW_UPDATE on stream " + frame.stream() + " by 0 bytes"
                        : null;
            default -> null;
        };
    }

    private static @Nullable String headers(FrameScanner frame) {
        int priorityAt = frame.has(PADDED) ? 1 : 0;
        boolean prioritized = frame.has(WITH_PRIORITY);
        String found = padding(frame, 1 + (prioritized ? PRIORITY_LENGTH : 0));
        boolean readable = prioritized && frame.kept() >= priorityAt + PRIORITY_LENGTH;
        return found == null && readable ? dependency(frame, priorityAt) : found;
    }

    /** @param fields how many bytes besides data and padding a padded frame of this type has */
    private static @Nullable String padding(FrameScanner frame, int fields) {
        boolean told = frame.kept() > 0 || frame.length() == 0;
        if (!frame.has(PADDED) || !told || frame.octet(0) + fields <= frame.length()) {
            return null;
        }
        return frame.name() + " with a padding that is longer than the frame";
    }

    private static @Nullable String dependency(FrameScanner frame, int at) {
        return (frame.number(at) & Integer.MAX_VALUE) == frame.stream()
                ? frame.name() + " that makes stream " + frame.stream() + " depend on itself"
                : null;
    }

    /** Section 6.5.2. */
    private static @Nullable String settings(FrameScanner frame) {
        for (int at = 0; at + SETTING_LENGTH <= frame.kept(); at += SETTING_LENGTH) {
            int id = frame.octet(at) << 8 | frame.octet(at + 1);
            long value = Integer.toUnsignedLong(frame.number(at + 2));
            String name = forbidden(id, value);
            if (name != null) {
                return "SETTINGS with " + name + "=" + value;
            }
        }
        return null;
    }

    /** The name of a setting that may not have this value; {@code null}: it may. */
    private static @Nullable String forbidden(int id, long value) {
        return switch (id) {
            case ENABLE_PUSH -> value > 1 ? "ENABLE_PUSH" : null;
            case INITIAL_WINDOW_SIZE -> value > Integer.MAX_VALUE ? "INITIAL_WINDOW_SIZE" : null;
            case MAX_FRAME_SIZE -> value < LEAST_FRAME_SIZE || value > GREATEST_FRAME_SIZE ? "MAX_FRAME_SIZE" : null;
            default -> null;
        };
    }
}
