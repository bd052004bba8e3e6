package io.certrail.server;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A security provider that stands first in the JVM's list while Certrail is deployed, and serves none but those whom
 * Certrail watches. Anybody else is served by the providers behind it, as if it were not there, and keeps nothing of
 * it. Safe for use by any thread.
 */
public abstract class FirstProvider extends Provider implements AutoCloseable {
    private static final long serialVersionUID = 1;
    /** How the names of those begin who stand between this and who asks: Certrail's and the JDK's own. */
    private static final List<String> ASKING =
            List.of(FirstProvider.class.getPackageName() + '.', "java.security.", "sun.security.jca.");

    /**
     * A provider that is not in the list yet.
     *
     * @param name unique in the JVM, where another Certrail may be deployed
     */
    protected FirstProvider(String name, String purpose) {
        super(name, "1", "Certrail: " + purpose);
    }

    /** Puts it into the list. */
    public final void install() {
        Security.insertProviderAt(this, 1);
    }

    /** Takes it out of the list. */
    @Override
    public final void close() {
        Security.removeProvider(getName());
    }

    /** What whoever asks is served, {@code null} if that is up to the providers behind this. */
    protected abstract @Nullable Service serve(String type, String algorithm);

    @Override
    public final @Nullable Service getService(String type, String algorithm) {
        return serve(type, algorithm);
    }

    /** Whether who asks is a class whose name begins so, and none that it calls. */
    protected static boolean isAskedBy(String className) {
        return StackWalker.getInstance()
                .walk(frames -> frames.map(StackWalker.StackFrame::getClassName)
                        .dropWhile(name -> ASKING.stream().anyMatch(name::startsWith))
                        .findFirst())
                .filter(name -> name.startsWith(className))
                .isPresent();
    }

    /**
     * The provider behind this that serves the same, which may be another Certrail's.
     *
     * @throws NoSuchAlgorithmException if there is none
     */
    protected final Provider next(String type, String algorithm) throws NoSuchAlgorithmException {
        boolean behind = false;
        for (Provider provider : Security.getProviders()) {
            if (behind && provider.getService(type, algorithm) != null) {
                return provider;
            }
            behind |= provider.getName().equals(getName());
        }
        throw new NoSuchAlgorithmException("no provider of " + type + "." + algorithm);
    }
}
