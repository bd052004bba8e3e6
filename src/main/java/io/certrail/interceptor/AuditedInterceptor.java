package io.certrail.interceptor;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.AroundTimeout;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Meets the calls of audited methods. Outermost of all interceptors, so that it sees what the caller sees: after the commit
 * of a transaction that an interceptor has ({@code @Transactional}), after retries, and on the caller's thread where a method
 * is run by another one.
 *
 * <p>Not so on an enterprise bean whose transactions are the container's: that begins and ends them around all
 * interceptors, so that what is on record is before the commit, which may fail.
 *
 * <p>Serializable, as interceptors of passivating beans have to be.
 */
@Audited
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 1)
public class AuditedInterceptor implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    @Nullable
    @SuppressWarnings("serial") // a client proxy, which CDI makes serializable
    Invocations invocations;

    /** For the container. */
    public AuditedInterceptor() {}

    @AroundInvoke
    @AroundTimeout
    @Nullable
    Object record(InvocationContext call) throws Exception {
        Invocations to = invocations;
        return to == null ? call.proceed() : to.record(call);
    }
}
