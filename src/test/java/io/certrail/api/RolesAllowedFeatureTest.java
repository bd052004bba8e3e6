package io.certrail.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Which methods are guarded. */
final class RolesAllowedFeatureTest {
    /** A resource. */
    static class Guarded {
        @GET
        @RolesAllowed("auditor")
        public void named() {}

        @GET
        @PermitAll
        public void open() {}

        @GET
        @DenyAll
        public void shut() {}

        @GET
        public void forgotten() {}

        public void withoutAnyWord() {}
    }

    @Test
    void everyMethodOfAResourceIsGuardedButThoseThatSayThatAllMayAsk() throws NoSuchMethodException {
        assertThat(isGuarded(Guarded.class, "named")).isTrue();
        assertThat(isGuarded(Guarded.class, "shut")).isTrue();
        assertThat(isGuarded(Guarded.class, "forgotten")).isTrue();
        assertThat(isGuarded(Guarded.class, "withoutAnyWord")).isTrue();
        assertThat(isGuarded(Guarded.class, "open")).isFalse();
    }

    /** As Jersey makes them for OPTIONS: instances of a class of its own, of which one method answers. */
    @Test
    void whatTheRuntimeMakesByItselfIsNotGuarded() throws NoSuchMethodException {
        assertThat(isGuarded(Supplier.class, "get")).isFalse();
    }

    private static boolean isGuarded(Class<?> type, String name) throws NoSuchMethodException {
        Method method = type.getMethod(name);
        AtomicInteger guards = new AtomicInteger();
        new RolesAllowedFeature()
                .configure(
                        proxy(ResourceInfo.class, asked -> asked.equals("getResourceMethod") ? method : type),
                        proxy(
                                FeatureContext.class,
                                asked -> asked.equals("register") ? guards.incrementAndGet() : null));
        return guards.get() > 0;
    }

    private interface Answering {
        Object to(String method);
    }

    private static <T> T proxy(Class<T> type, Answering answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            Object answer = answers.to(method.getName());
            return method.getReturnType().isInstance(answer) ? answer : null;
        }));
    }
}
