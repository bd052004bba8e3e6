package io.certrail.server.payara;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.HeardLog;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two applications with Certrail hear the same logger, and leave it as it was, whichever goes first. */
class LogWatchTest {
    private static final String NAME = "io.certrail.test.LogWatchTest";

    @RegisterExtension
    final HeardLog log = new HeardLog(NAME);

    private final Logger logger = Logger.getLogger(NAME);
    private final List<Throwable> first = new ArrayList<>();
    private final List<Throwable> second = new ArrayList<>();

    @BeforeEach
    void make() {
        logger.setUseParentHandlers(false);
        logger.setLevel(Level.INFO);
    }

    /** A loader of classes of its own, as another application has. */
    private static final class OtherApplication extends ClassLoader {
        OtherApplication() {
            super(LogWatchTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(LogWatch.class.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = LogWatch.class.getResourceAsStream("LogWatch.class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (java.io.IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    private AutoCloseable others() throws ReflectiveOperationException {
        Constructor<?> constructor = new OtherApplication()
                .loadClass(LogWatch.class.getName())
                .getDeclaredConstructor(Logger.class, Consumer.class);
        constructor.setAccessible(true);
        Consumer<Throwable> listener = second::add;
        return (AutoCloseable) constructor.newInstance(logger, listener);
    }

    private void tell(Level level, String message) {
        logger.log(level, message, new IllegalStateException(message));
    }

    @Test
    void loggerIsAsItWasOnceBothAreGoneInTheOrderInWhichTheyCame() throws Exception {
        LogWatch one = new LogWatch(logger, first::add);
        AutoCloseable two = others();
        tell(Level.FINE, "a");
        one.close();
        tell(Level.FINE, "b");
        assertThat(logger.getFilter()).isSameAs(two);
        two.close();

        assertThat(logger.getFilter()).isNull();
        assertThat(logger.getLevel()).isEqualTo(Level.INFO);
        assertThat(first).extracting(Throwable::getMessage).containsExactly("a");
        assertThat(second).extracting(Throwable::getMessage).containsExactly("a", "b");
        assertThat(log.messages()).isEmpty();
    }

    @Test
    void loggerIsAsItWasOnceBothAreGoneInTheOtherOrder() throws Exception {
        LogWatch one = new LogWatch(logger, first::add);
        others().close();
        assertThat(logger.getFilter()).isSameAs(one);
        tell(Level.FINE, "a");
        tell(Level.WARNING, "b");
        one.close();

        assertThat(logger.getFilter()).isNull();
        assertThat(logger.getLevel()).isEqualTo(Level.INFO);
        assertThat(first).extracting(Throwable::getMessage).containsExactly("a", "b");
        assertThat(log.messages()).containsExactly("b");
    }

    @Test
    void applicationsThatAreDeployedAnewInTurnLeaveNothingBehind() throws Exception {
        LogWatch one = new LogWatch(logger, first::add);
        AutoCloseable two = others();
        for (int i = 0; i < 3; i++) {
            one.close();
            one = new LogWatch(logger, first::add);
            assertThat(one.get().get("next")).asString().isEqualTo(two.toString());
            two.close();
            two = others();
            assertThat(one.get().get("next")).asString().isEqualTo("null");
        }
        one.close();
        two.close();
        assertThat(logger.getFilter()).isNull();
        assertThat(logger.getLevel()).isEqualTo(Level.INFO);
    }

    @Test
    void serversOwnFilterAndLevelStay() throws Exception {
        Filter own = record -> !record.getMessage().equals("unwanted");
        logger.setFilter(own);
        logger.setLevel(Level.FINER);
        LogWatch one = new LogWatch(logger, first::add);
        AutoCloseable two = others();
        tell(Level.FINE, "a");
        tell(Level.FINE, "unwanted");
        one.close();
        tell(Level.FINE, "b");
        two.close();

        assertThat(logger.getFilter()).isSameAs(own);
        assertThat(logger.getLevel()).isEqualTo(Level.FINER);
        assertThat(log.messages()).containsExactly("a", "b");
        logger.setFilter(null);
    }
}
