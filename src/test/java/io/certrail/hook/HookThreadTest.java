package io.certrail.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a thread of the hook's keeps of the application in whose call it began. */
final class HookThreadTest {
    private static final int COLLECTIONS = 50;

    /** Calls from within an application. */
    public static final class Application implements Consumer<Runnable> {
        private static final InheritableThreadLocal<Object> INHERITABLE = new InheritableThreadLocal<>();

        @Override
        public void accept(Runnable call) {
            INHERITABLE.set(this);
            call.run();
        }
    }

    /** An application's own: it has a copy of the class. */
    private static final class ApplicationLoader extends ClassLoader {
        ApplicationLoader() {
            super(HookThreadTest.class.getClassLoader());
        }

        Class<?> define() throws IOException {
            String name = Application.class.getName();
            try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = file.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            }
        }
    }

    @Test
    void nothingOfTheApplicationInWhoseCallItBegan() throws Exception {
        var end = new CountDownLatch(1);
        var threads = new Thread[1];
        WeakReference<?> application = call(() -> {
            threads[0] = HookThread.named("certrail-hook-test", () -> await(end));
            threads[0].start();
        });
        try {
            for (int i = 0; i < COLLECTIONS && application.get() != null; i++) {
                System.gc();
                Thread.sleep(20);
            }
            assertThat(threads[0].isAlive()).isTrue();
            assertThat(application.get()).isNull();
        } finally {
            end.countDown();
        }
    }

    /** The loader of an application that made this call, on a thread that is over. */
    @SuppressWarnings("unchecked")
    private static WeakReference<?> call(Runnable call) throws Exception {
        var loader = new ApplicationLoader();
        var application =
                (Consumer<Runnable>) loader.define().getDeclaredConstructor().newInstance();
        var caller = new Thread(() -> application.accept(call));
        caller.setContextClassLoader(loader);
        caller.start();
        caller.join();
        return new WeakReference<>(loader);
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
