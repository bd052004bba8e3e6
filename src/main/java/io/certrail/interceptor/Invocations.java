package io.certrail.interceptor;

import io.certrail.event.Fault;
import io.certrail.event.InvocationEvent;
import io.certrail.event.NamedValue;
import io.certrail.event.Outcome;
import io.certrail.event.RequestLink;
import io.certrail.recorder.Recorder;
import io.certrail.recorder.RequestInFlight;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.interceptor.InvocationContext;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Records the calls of audited methods. */
@ApplicationScoped
public class Invocations {
    private final @Nullable Recorder recorder;
    private final Supplier<@Nullable RequestInFlight> current;
    private final ConcurrentMap<Target, AuditedMethod> methods = new ConcurrentHashMap<>();

    /** For the container's proxy. */
    protected Invocations() {
        this.recorder = null;
        this.current = () -> null;
    }

    /**
     * Records to the application's recorder.
     *
     * @param request the request that the calling thread serves; asking for it outside of one fails
     */
    @Inject
    public Invocations(Recorder recorder, Instance<HttpServletRequest> request) {
        this(recorder, () -> ServletRequests.current(request));
    }

    Invocations(Recorder recorder, Supplier<@Nullable RequestInFlight> current) {
        this.recorder = recorder;
        this.current = current;
    }

    /** A method as called on a class, which may have inherited it. */
    private record Target(Class<?> type, Method method) {}

    /** Goes on with a call and records how it ended. */
    public @Nullable Object record(InvocationContext call) throws Exception {
        Recorder to = recorder;
        Started started = to == null ? null : begin(to, call);
        if (started == null) {
            return call.proceed();
        }
        Object result;
        try {
            result = call.proceed();
        } catch (Exception | Error e) {
            started.end(e);
            throw e;
        }
        if (result instanceof CompletionStage<?> stage) {
            stage.whenComplete((value, thrown) -> started.end(thrown));
        } else {
            started.end(null);
        }
        return result;
    }

    /** What is to be recorded of a call; arguments are read before the method can change them. */
    private @Nullable Started begin(Recorder to, InvocationContext call) {
        try {
            Method method = call.getMethod();
            Object target = call.getTarget();
            Class<?> type = target == null ? method.getDeclaringClass() : target.getClass();
            AuditedMethod audited = methods.computeIfAbsent(
                    new Target(type, method), key -> AuditedMethod.of(key.method(), key.type()));
            RequestInFlight request = current.get();
            RequestLink link = request == null ? null : request.link();
            return new Started(to, audited, audited.arguments(call.getParameters()), link, System.nanoTime());
        } catch (Throwable e) { // an error must not keep the method from being called
            to.hookFailed("CTR0711 A call of an audited method could not be described", e);
            return null;
        }
    }

    /** A call that has begun. */
    private record Started(
            Recorder recorder,
            AuditedMethod method,
            List<NamedValue> arguments,
            @Nullable RequestLink link,
            long startedNanos) {

        void end(@Nullable Throwable thrown) {
            recorder.record(new InvocationEvent(
                    recorder.now(),
                    thrown == null ? Outcome.SUCCESS : Outcome.FAILURE,
                    System.nanoTime() - startedNanos,
                    thrown == null
                            ? null
                            : new Fault(unwrapped(thrown).getClass().getName(), null),
                    method.function(),
                    method.action(),
                    method.resource(),
                    arguments,
                    link));
        }

        private static Throwable unwrapped(Throwable thrown) {
            Throwable cause = thrown.getCause();
            boolean wrapper = thrown instanceof CompletionException || thrown instanceof ExecutionException;
            return wrapper && cause != null ? cause : thrown;
        }
    }
}
