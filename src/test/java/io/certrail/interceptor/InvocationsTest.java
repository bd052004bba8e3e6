package io.certrail.interceptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.event.AuditEvent;
import io.certrail.event.RequestFacts;
import io.certrail.recorder.RecordObserver;
import io.certrail.recorder.RequestInFlight;
import io.certrail.servlet.RecordingFixture;
import jakarta.interceptor.InvocationContext;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InvocationsTest {
    @TempDir
    Path folder;

    private RecordingFixture fixture;
    private RequestInFlight current;
    private Invocations invocations;

    @BeforeEach
    void open() throws IOException {
        fixture = new RecordingFixture(folder);
        invocations = new Invocations(fixture.recorder(), () -> current);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Audited(action = "of the class", resource = "account")
    static class Accounts {
        final CompletableFuture<String> later = new CompletableFuture<>();

        @Audited(action = "close account")
        public String closeAccount(
                @AuditArgument(name = "id") Object id,
                @AuditArgument(name = "pin", masked = true) String pin,
                String unchosen) {
            return "closed";
        }

        public void fails() {
            throw new IllegalStateException("balance of 4711 is negative");
        }

        public CompletableFuture<String> later() {
            return later;
        }
    }

    @Test
    void callIsRecordedWithItsChosenArguments() throws Exception {
        assertThat(call(new Accounts(), "closeAccount", 42, "1234", "private")).isEqualTo("closed");
        JsonObject record = fixture.record("app.invocation");
        JsonObject audit = record.getJsonObject("audit");
        assertThat(audit.getString("action")).isEqualTo("close account");
        assertThat(audit.containsKey("resource")).isFalse();
        assertThat(audit.getJsonObject("arguments").toString()).isEqualTo("{\"id\":\"42\",\"pin\":\"***\"}");
        assertThat(record.getJsonObject("code").getJsonObject("function").getString("name"))
                .isEqualTo(Accounts.class.getName() + ".closeAccount");
        assertThat(record.getJsonObject("event").getString("outcome")).isEqualTo("success");
        assertThat(record.getJsonObject("event").getJsonNumber("duration_ns").longValue())
                .isPositive();
        assertThat(record.toString()).doesNotContain("1234", "private");
    }

    @Test
    void exceptionIsNamedWithoutItsMessageAndGoesOn() throws Exception {
        assertThatThrownBy(() -> call(new Accounts(), "fails")).isInstanceOf(IllegalStateException.class);
        JsonObject record = fixture.record("app.invocation");
        assertThat(record.getJsonObject("error").toString())
                .isEqualTo("{\"type\":\"java.lang.IllegalStateException\"}");
        assertThat(record.getJsonObject("audit").getString("action")).isEqualTo("of the class");
    }

    @Test
    void stageIsRecordedWhenItCompletes() throws Exception {
        Accounts accounts = new Accounts();
        List<AuditEvent> recorded = new CopyOnWriteArrayList<>();
        fixture.recorder().observe(new RecordObserver() {
            @Override
            public void recorded(AuditEvent event) {
                recorded.add(event);
            }
        });
        assertThat(call(accounts, "later")).isSameAs(accounts.later);
        assertThat(recorded).isEmpty();
        accounts.later.completeExceptionally(new IllegalArgumentException());
        assertThat(fixture.record("app.invocation").getJsonObject("error").getString("type"))
                .isEqualTo("java.lang.IllegalArgumentException");
    }

    @Test
    void callWithinARequestIsLinkedToIt() throws Exception {
        current = fixture.recorder()
                .open(new RequestFacts("the-id", "client", "GET", "/", "1.1", null, null, null), null, 0);
        call(new Accounts(), "closeAccount", 1, "", "");
        assertThat(fixture.record("app.invocation")
                        .getJsonObject("http")
                        .getJsonObject("request")
                        .getString("id"))
                .isEqualTo("the-id");
    }

    @Test
    void callOutsideOfAnyRequestStandsAlone() throws Exception {
        call(new Accounts(), "closeAccount", 1, "", "");
        assertThat(fixture.record("app.invocation").containsKey("http")).isFalse();
    }

    @Test
    void argumentWithoutATextDoesNotBreakTheCall() throws Exception {
        Object hostile = new Object() {
            @Override
            public String toString() {
                throw new UnsupportedOperationException();
            }
        };
        assertThat(call(new Accounts(), "closeAccount", hostile, "", "")).isEqualTo("closed");
        assertThat(argument()).isEqualTo("(no text: java.lang.UnsupportedOperationException)");
    }

    /** Of a class that is missing, an assertion, a cycle, another language. */
    static List<Error> errors() {
        return List.of(
                new NoClassDefFoundError("gone"),
                new ExceptionInInitializerError("gone"),
                new AssertionError("untrue"),
                new StackOverflowError(),
                new Error("of another language's"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void argumentWhoseTextFailsWithAnErrorDoesNotBreakTheCall(Error thrown) throws Exception {
        Object hostile = new Object() {
            @Override
            public String toString() {
                throw thrown;
            }
        };
        assertThat(call(new Accounts(), "closeAccount", hostile, "", "")).isEqualTo("closed");
        assertThat(argument()).isEqualTo("(no text: " + thrown.getClass().getName() + ")");
    }

    @ParameterizedTest
    @MethodSource("errors")
    void callThatCannotBeDescribedIsMade(Error thrown) throws Exception {
        AtomicInteger failed = new AtomicInteger();
        fixture.recorder().observe(new RecordObserver() {
            @Override
            public void hookFailed() {
                failed.incrementAndGet();
            }
        });
        invocations = new Invocations(fixture.recorder(), () -> {
            throw thrown;
        });
        assertThat(call(new Accounts(), "closeAccount", 1, "", "")).isEqualTo("closed");
        assertThat(failed).hasValue(1);
    }

    @Test
    void argumentWhoseTextIsNullIsLeftOut() throws Exception {
        Object nameless = new Object() {
            @Override
            public String toString() {
                return null;
            }
        };
        assertThat(call(new Accounts(), "closeAccount", nameless, "1", "")).isEqualTo("closed");
        assertThat(fixture.record("app.invocation")
                        .getJsonObject("audit")
                        .getJsonObject("arguments")
                        .keySet())
                .containsExactly("pin");
    }

    @Test
    void longArgumentIsBounded() throws Exception {
        call(new Accounts(), "closeAccount", "x".repeat(20_000), "", "");
        assertThat(argument()).hasSize(513);
    }

    @Test
    void nullArgumentIsLeftOutMaskedOrNot() throws Exception {
        call(new Accounts(), "closeAccount", null, null, null);
        assertThat(fixture.record("app.invocation").getJsonObject("audit").keySet())
                .contains("action")
                .doesNotContain("arguments");
    }

    @Test
    void bytesAreToldByTheirLengthOnly() throws Exception {
        call(new Accounts(), "closeAccount", new byte[] {1, 2, 3}, "", "");
        assertThat(argument()).isEqualTo("byte[3]");
    }

    private String argument() throws IOException {
        return fixture.record("app.invocation")
                .getJsonObject("audit")
                .getJsonObject("arguments")
                .getString("id");
    }

    private Object call(Object target, String name, Object... arguments) throws Exception {
        Method method = Arrays.stream(target.getClass().getMethods())
                .filter(each -> each.getName().equals(name))
                .findAny()
                .orElseThrow();
        method.setAccessible(true);
        return invocations.record(InvocationContext.class.cast(Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {InvocationContext.class},
                (self, asked, args) -> switch (asked.getName()) {
                    case "getMethod" -> method;
                    case "getTarget" -> target;
                    case "getParameters" -> arguments;
                    case "proceed" -> proceed(method, target, arguments);
                    default -> throw new UnsupportedOperationException(asked.toString());
                })));
    }

    private static Object proceed(Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
