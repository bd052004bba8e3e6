package io.certrail.server.wildfly;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.recorder.Recorder;
import io.certrail.servlet.RecordingFixture;
import io.certrail.trail.TrailAssert;
import io.undertow.server.HttpHandler;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xnio.ChannelListener;

/** Two applications with Certrail, each with classes of its own, in one listener. */
class TwoApplicationsTest {
    private static final String GOOD = "GET /good HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    private static final String UNPARSABLE = "GET /bad HTTP/1.1\r\nHost : localhost\r\n\r\n";

    @TempDir
    Path folder;

    private PlainListener listener;
    private ChannelListener<?> acceptingAlone;
    private HttpHandler enteredAlone;
    private Application first;
    private Application second;

    /** An application and its trail. */
    private static final class Application {
        private final Path trail;
        private final RecordingFixture fixture;
        private final AutoCloseable hooks;

        Application(Path trail, PlainListener listener) throws Exception {
            this.trail = Files.createDirectories(trail);
            fixture = new RecordingFixture(trail);
            hooks = (AutoCloseable) new OwnClasses()
                    .loadClass(HookingApplication.class.getName())
                    .getConstructor(Recorder.class, Object.class)
                    .newInstance(fixture.recorder(), listener);
        }

        /** Waits for so many records of requests, besides the trail's own first. */
        List<String> paths(int count) throws IOException {
            TrailAssert.awaitLines(trail, count + 1);
            return fixture.records("http.request").stream()
                    .map(Application::path)
                    .toList();
        }

        private static String path(JsonObject record) {
            return record.getJsonObject("url") == null
                    ? "?"
                    : record.getJsonObject("url").getString("path", "?");
        }

        void undeploy() throws Exception {
            hooks.close();
        }
    }

    /** Has the adapter's classes for itself, as an application of WildFly's has. */
    private static final class OwnClasses extends ClassLoader {
        OwnClasses() {
            super(HookingApplication.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            boolean own = name.startsWith("io.certrail.server.wildfly.") && !name.contains("PlainListener");
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : own ? define(name) : super.loadClass(name, resolve);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    @BeforeEach
    void deploy() throws Exception {
        listener = new PlainListener(true);
        acceptingAlone = listener.accepting();
        enteredAlone = listener.entered();
        first = new Application(folder.resolve("first"), listener);
        second = new Application(folder.resolve("second"), listener);
    }

    @AfterEach
    void stop() {
        listener.close();
        first.fixture.close();
        second.fixture.close();
    }

    private void cutOff() throws IOException {
        try (Socket client = listener.connect()) {
            client.getOutputStream().write("GET /cut HTTP/1.1\r\nHost: loc".getBytes(US_ASCII));
        }
    }

    @Test
    void eachRecordsWhatReachesAnApplicationAndWhatNeverDoes() throws Exception {
        assertThat(listener.answer(GOOD)).startsWith("HTTP/1.1 200 ").endsWith("ok");
        assertThat(listener.answer(UNPARSABLE)).startsWith("HTTP/1.1 400 ");
        cutOff();

        assertThat(first.paths(3)).containsExactlyInAnyOrder("/good", "/bad", "/cut");
        assertThat(second.paths(3)).containsExactlyInAnyOrder("/good", "/bad", "/cut");
    }

    @Test
    void theSecondGoesOnWithoutTheFirst() throws Exception {
        first.undeploy();
        assertThat(listener.answer(GOOD)).startsWith("HTTP/1.1 200 ");
        assertThat(listener.answer(UNPARSABLE)).startsWith("HTTP/1.1 400 ");

        assertThat(second.paths(2)).containsExactlyInAnyOrder("/good", "/bad");
        assertThat(first.paths(0)).isEmpty();
    }

    @Test
    void theFirstGoesOnWithoutTheSecond() throws Exception {
        second.undeploy();
        assertThat(listener.answer(GOOD)).startsWith("HTTP/1.1 200 ");
        assertThat(listener.answer(UNPARSABLE)).startsWith("HTTP/1.1 400 ");

        assertThat(first.paths(2)).containsExactlyInAnyOrder("/good", "/bad");
        assertThat(second.paths(0)).isEmpty();
    }

    @Test
    void undeployedInTheOrderOfDeploymentTheyLeaveNothing() throws Exception {
        first.undeploy();
        second.undeploy();

        assertThat(listener.accepting()).isSameAs(acceptingAlone);
        assertThat(listener.entered()).isSameAs(enteredAlone);
    }

    @Test
    void undeployedInTheOtherOrderTheyLeaveNothing() throws Exception {
        second.undeploy();
        first.undeploy();

        assertThat(listener.accepting()).isSameAs(acceptingAlone);
        assertThat(listener.entered()).isSameAs(enteredAlone);
    }
}
