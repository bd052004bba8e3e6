package io.certrail.server.wildfly;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.server.wildfly.WholeHeads.Turn;
import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpOpenListener;
import io.undertow.util.HttpString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xnio.ChannelListeners;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.StreamSinkConduit;

/** Undertow's own answers over a layer that sometimes takes nothing. */
class WholeHeadsTest {
    private static final int REQUESTS = 10;
    private static final String BODY = "the answer";
    private static final String FOREIGN = "x";

    /** Takes nothing now and then, as a TLS layer does that has a ticket to send. */
    private static final class Stingy extends AbstractStreamSinkConduit<StreamSinkConduit> {
        private final int every;
        private final int most;
        private int calls;

        /** @param most bytes that it takes at once */
        Stingy(StreamSinkConduit next, int every, int most) {
            super(next);
            this.every = every;
            this.most = most;
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            if (++calls % every == 0) {
                return 0;
            }
            int count = Math.min(most, from.remaining());
            int written = super.write(from.slice().limit(count));
            from.position(from.position() + written);
            return written;
        }

        @Override
        public long write(ByteBuffer[] from, int offset, int length) throws IOException {
            for (int i = offset; i < offset + length; i++) {
                if (from[i].hasRemaining()) {
                    return write(from[i]);
                }
            }
            return 0;
        }
    }

    /** What comes back for requests that were sent at once, to a server whose buffers held something else before. */
    private static String answers(int headerLength, UnaryOperator<StreamSinkConduit> sink) throws Exception {
        XnioWorker worker = Xnio.getInstance(WholeHeadsTest.class.getClassLoader())
                .createWorker(OptionMap.create(org.xnio.Options.WORKER_IO_THREADS, 1));
        try (ByteBufferPool pool = new DefaultByteBufferPool(false, 4096, 16, 0)) {
            foul(pool);
            HttpOpenListener listener = new HttpOpenListener(pool, OptionMap.EMPTY);
            listener.setRootHandler(exchange -> answer(exchange, headerLength));
            AcceptingChannel<StreamConnection> server = worker.createStreamConnectionServer(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    ChannelListeners.openListenerAdapter(channel -> {
                        channel.getSinkChannel()
                                .setConduit(sink.apply(channel.getSinkChannel().getConduit()));
                        listener.handleEvent(channel);
                    }),
                    OptionMap.EMPTY);
            server.resumeAccepts();
            return exchange((InetSocketAddress) server.getLocalAddress());
        } finally {
            worker.shutdownNow();
        }
    }

    private static void foul(ByteBufferPool pool) {
        PooledByteBuffer[] all = new PooledByteBuffer[8];
        for (int i = 0; i < all.length; i++) {
            all[i] = pool.allocate();
            ByteBuffer buffer = all[i].getBuffer();
            while (buffer.hasRemaining()) {
                buffer.put(FOREIGN.getBytes(US_ASCII));
            }
        }
        for (PooledByteBuffer each : all) {
            each.close();
        }
    }

    private static void answer(HttpServerExchange exchange, int headerLength) {
        exchange.getResponseHeaders().put(HttpString.tryFromString("Long"), "h".repeat(headerLength));
        exchange.getResponseSender().send(BODY);
    }

    private static String exchange(InetSocketAddress server) throws IOException {
        String one = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
        String last = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        try (Socket client = new Socket(server.getAddress(), server.getPort())) {
            client.setSoTimeout(5000);
            client.getOutputStream().write((one.repeat(REQUESTS - 1) + last).getBytes(US_ASCII));
            return new String(client.getInputStream().readAllBytes(), US_ASCII);
        }
    }

    private static void assertWhole(String answers, int headerLength) {
        String each = "HTTP/1\\.1 200 OK\r\n([A-Z][A-Za-z-]+: [^\r\n]+\r\n)+\r\n" + BODY;
        assertThat(answers).matches(Pattern.compile("(" + each + "){" + REQUESTS + "}"));
        assertThat(answers.split("Long: " + "h".repeat(headerLength) + "\r\n", -1))
                .hasSize(REQUESTS + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 7})
    void answersArePassedOnWhole(int every) throws Exception {
        assertWhole(answers(1, next -> new WholeHeads(new Stingy(next, every, Integer.MAX_VALUE), Turn.UNKNOWN)), 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void headsThatAreTakenInPiecesArePassedOnWhole(int every) throws Exception {
        assertWhole(answers(100, next -> new WholeHeads(new Stingy(next, every, 17), Turn.UNKNOWN)), 100);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void headsThatAreLongerThanABufferArePassedOnWhole(int every) throws Exception {
        assertWhole(answers(9000, next -> new WholeHeads(new Stingy(next, every, 1000), Turn.UNKNOWN)), 9000);
    }

    /** When this fails, Undertow no longer needs it. */
    @Test
    void undertowAloneSendsWhatItsBufferHeldBefore() throws Exception {
        assertThat(answers(1, next -> new Stingy(next, 3, Integer.MAX_VALUE))).contains(FOREIGN.repeat(1000));
    }

    /** Takes all, and says nothing. */
    private static StreamSinkConduit sink() {
        return (StreamSinkConduit) Proxy.newProxyInstance(
                WholeHeadsTest.class.getClassLoader(),
                new Class<?>[] {StreamSinkConduit.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("write") && arguments[0] instanceof ByteBuffer bytes) {
                        int count = bytes.remaining();
                        bytes.position(bytes.limit());
                        return count;
                    }
                    return method.getReturnType() == boolean.class ? true : null;
                });
    }

    /** An exchange's answer, the only one. */
    private static final class OneAnswer implements Turn {
        private boolean began;

        @Override
        public boolean mayAnswerBegin() {
            return !began;
        }

        @Override
        public void answerBegan() {
            began = true;
        }
    }

    private static int write(WholeHeads heads, String text) throws IOException {
        return heads.write(US_ASCII.encode(text));
    }

    @Test
    void bodyThatLooksLikeAHeadIsNotKept() throws Exception {
        WholeHeads heads = new WholeHeads(new Stingy(sink(), 2, Integer.MAX_VALUE), new OneAnswer());
        assertThat(write(heads, "HTTP/1.1 200 OK\r\n\r\n")).isPositive();
        assertThat(write(heads, "HTTP/1.1 200 OK\r\nCaptured: yes")).isZero();
    }

    @Test
    void finalAnswerIsAHeadAfterAnInterimOne() throws Exception {
        OneAnswer answer = new OneAnswer();
        WholeHeads heads = new WholeHeads(new Stingy(sink(), 2, Integer.MAX_VALUE), answer);
        assertThat(write(heads, "HTTP/1.1 100 Continue\r\n\r\n")).isPositive();
        assertThat(answer.began).isFalse();
        assertThat(write(heads, "HTTP/1.1 200 OK\r\n\r\n")).isPositive();
        assertThat(answer.began).isTrue();
        assertThat(heads.flush()).isTrue();
    }

    /** A socket that is full until it is opened. */
    private static final class Gate extends AbstractStreamSinkConduit<StreamSinkConduit> {
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private boolean open;

        Gate() {
            super(sink());
        }

        @Override
        public int write(ByteBuffer from) {
            int count = open ? from.remaining() : 0;
            byte[] bytes = new byte[count];
            from.get(bytes);
            taken.writeBytes(bytes);
            return count;
        }

        @Override
        public long write(ByteBuffer[] from, int offset, int length) {
            long written = 0;
            for (int i = offset; i < offset + length; i++) {
                written += write(from[i]);
            }
            return written;
        }
    }

    @Test
    void bodyThatLooksLikeAHeadWaitsForItsClientAndIsNotCutOffOnceNobodyKnowsBetter() throws Exception {
        Gate gate = new Gate();
        WholeHeads heads = new WholeHeads(gate, new OneAnswer());
        heads.detach();
        StringBuilder body = new StringBuilder("HTTP/1.1 200 OK\r\nCaptured: yes\r\n");
        String chunk = body.toString();
        while (write(heads, chunk) > 0) {
            assertThat(body.length()).isLessThan(2 * WholeHeads.LIMIT);
            chunk = "x".repeat(WholeHeads.LIMIT / 16);
            body.append(chunk);
        }
        assertThat(write(heads, chunk)).isZero();

        gate.open = true;
        assertThat(write(heads, chunk)).isEqualTo(chunk.length());
        assertThat(gate.taken.toString(US_ASCII)).isEqualTo(body.toString());
    }

    @Test
    void answerOfTheParsersIsNotKept() throws Exception {
        WholeHeads heads = new WholeHeads(new Stingy(sink(), 1, 1), Turn.UNKNOWN);
        assertThat(write(heads, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
                .isZero();
    }
}
