package io.certrail.hook;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BiFunction;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's engine, watched while it is a server's: every call goes through to it, and nothing that the watching does can
 * change what comes back, but for the deadline. As a client's it is not watched at all.
 */
final class ObservingEngine extends SSLEngine {
    private final SSLEngine jdk;
    private final Hook hook;
    private volatile boolean client;
    private volatile @Nullable Conversation conversation;
    private volatile @Nullable SessionView view;
    private volatile @Nullable BiFunction<SSLEngine, List<String>, String> selector;

    ObservingEngine(SSLEngine jdk, Hook hook) {
        this.jdk = jdk;
        this.hook = hook;
    }

    /** The connection, which begins here if this is a server's engine; {@code null} if it is not watched. */
    private @Nullable Conversation conversation() {
        Conversation known = conversation;
        if (known == null && !client) {
            hook.guarded(this::begin);
            known = conversation;
        }
        return known;
    }

    private void begin() {
        if (conversation == null && !jdk.getUseClientMode()) {
            begin(jdk.getEnabledProtocols());
        }
    }

    private synchronized void begin(String[] enabledProtocols) {
        if (conversation == null) {
            conversation = hook.begin(this, jdk, enabledProtocols);
        }
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer source, ByteBuffer target) throws SSLException {
        return wrap(new ByteBuffer[] {source}, 0, 1, target);
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] sources, ByteBuffer target) throws SSLException {
        return wrap(sources, 0, sources == null ? 0 : sources.length, target);
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer target) throws SSLException {
        Conversation watched = conversation();
        if (watched == null) {
            return jdk.wrap(sources, offset, length, target);
        }
        watched.checkDeadline();
        Plaintext plaintext = Plaintext.before(watched.http(), sources, offset, length);
        SSLEngineResult result;
        try {
            result = jdk.wrap(sources, offset, length, target);
        } catch (SSLException | RuntimeException e) {
            failed(watched, e);
            throw e;
        }
        hook.guarded(() -> {
            advance(watched, result, 0);
            watched.plaintext(0, result.bytesConsumed());
            plaintext.after(HttpWatch::sent);
            if (result.getStatus() == Status.CLOSED) {
                watched.closedOutbound();
            }
        });
        watched.checkDeadline();
        return result;
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer target) throws SSLException {
        return unwrap(source, new ByteBuffer[] {target}, 0, 1);
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer[] targets) throws SSLException {
        return unwrap(source, targets, 0, targets == null ? 0 : targets.length);
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer[] targets, int offset, int length) throws SSLException {
        Conversation watched = conversation();
        if (watched == null) {
            return jdk.unwrap(source, targets, offset, length);
        }
        watched.checkDeadline();
        hook.guarded(() -> watched.show(source));
        Plaintext plaintext = Plaintext.before(watched.http(), targets, offset, length);
        SSLEngineResult result;
        try {
            result = jdk.unwrap(source, targets, offset, length);
        } catch (SSLException | RuntimeException e) {
            failed(watched, e);
            throw e;
        }
        hook.guarded(() -> {
            advance(watched, result, result.bytesConsumed());
            watched.plaintext(result.bytesProduced(), 0);
            plaintext.after(HttpWatch::received);
            if (result.getStatus() == Status.CLOSED) {
                watched.closeNotified();
            }
        });
        watched.checkDeadline();
        return result;
    }

    private void advance(Conversation watched, SSLEngineResult result, int taken) {
        boolean finished = result.getHandshakeStatus() == HandshakeStatus.FINISHED;
        if (watched.isUndecided()) {
            watched.step(taken, jdk.getHandshakeSession(), jdk.getHandshakeApplicationProtocol());
            if (finished || isDone(result)) {
                watched.established(jdk.getSession(), jdk.getApplicationProtocol());
            }
        } else if (finished) {
            watched.finished(jdk.getSession());
        }
    }

    /** Where nobody was told {@code FINISHED}: the engine has a session and carries the application's bytes. */
    private boolean isDone(SSLEngineResult result) {
        return result.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING
                && result.getStatus() == Status.OK
                && !"NONE".equals(jdk.getSession().getProtocol());
    }

    /** A wrong argument is no verdict: the engine goes on. */
    private void failed(Conversation watched, Exception cause) {
        hook.guarded(() -> {
            if (cause instanceof SSLException || jdk.isInboundDone() || jdk.isOutboundDone()) {
                watched.failed(cause);
            }
        });
    }

    @Override
    public void beginHandshake() throws SSLException {
        Conversation watched = conversation();
        try {
            jdk.beginHandshake();
        } catch (SSLException | RuntimeException e) {
            if (watched != null) {
                failed(watched, e);
            }
            throw e;
        }
    }

    @Override
    public void closeInbound() throws SSLException {
        Conversation watched = conversation;
        try {
            jdk.closeInbound();
        } catch (SSLException e) {
            closedInbound(watched, e);
            throw e;
        }
        closedInbound(watched, null);
    }

    private void closedInbound(@Nullable Conversation watched, @Nullable Throwable cause) {
        if (watched != null) {
            hook.guarded(() -> watched.closedInbound(cause));
        }
    }

    @Override
    public void closeOutbound() {
        Conversation watched = conversation;
        if (watched != null) {
            hook.guarded(watched::closedOutbound);
        }
        jdk.closeOutbound();
    }

    @Override
    public void setUseClientMode(boolean mode) {
        jdk.setUseClientMode(mode);
        client = mode;
        if (!mode && jdk.getPeerPort() > 0) {
            hook.guarded(this::begin);
        }
    }

    @Override
    public boolean getUseClientMode() {
        return jdk.getUseClientMode();
    }

    @Override
    public SSLSession getSession() {
        return view(jdk.getSession());
    }

    @Override
    public @Nullable SSLSession getHandshakeSession() {
        SSLSession session = jdk.getHandshakeSession();
        return session == null ? null : view(session);
    }

    private SSLSession view(SSLSession session) {
        Conversation watched = conversation;
        SessionView known = view;
        if (watched == null) {
            return session;
        }
        if (known == null || !known.isOf(session)) {
            known = SessionView.of(session, watched);
            view = known;
        }
        return known == null ? session : known;
    }

    /** The selector is handed this engine, the only one that its server knows. */
    @Override
    public void setHandshakeApplicationProtocolSelector(
            @Nullable BiFunction<SSLEngine, List<String>, String> newSelector) {
        jdk.setHandshakeApplicationProtocolSelector(
                newSelector == null ? null : (inner, offered) -> newSelector.apply(this, offered));
        selector = newSelector;
    }

    @Override
    public @Nullable BiFunction<SSLEngine, List<String>, String> getHandshakeApplicationProtocolSelector() {
        return selector;
    }

    @Override
    public String getPeerHost() {
        return jdk.getPeerHost();
    }

    @Override
    public int getPeerPort() {
        return jdk.getPeerPort();
    }

    @Override
    public @Nullable Runnable getDelegatedTask() {
        return jdk.getDelegatedTask();
    }

    @Override
    public boolean isInboundDone() {
        return jdk.isInboundDone();
    }

    @Override
    public boolean isOutboundDone() {
        return jdk.isOutboundDone();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return jdk.getSupportedCipherSuites();
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return jdk.getEnabledCipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        jdk.setEnabledCipherSuites(suites);
    }

    @Override
    public String[] getSupportedProtocols() {
        return jdk.getSupportedProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return jdk.getEnabledProtocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        jdk.setEnabledProtocols(protocols);
        hook.guarded(() -> enabled(protocols));
    }

    /** What the server set, which the engine is not asked for: its answer may take as long as a trust manager does. */
    private void enabled(String @Nullable [] protocols) {
        Conversation watched = conversation;
        if (watched != null && protocols != null) {
            watched.enabled(protocols.clone());
        }
    }

    @Override
    public HandshakeStatus getHandshakeStatus() {
        return jdk.getHandshakeStatus();
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        jdk.setNeedClientAuth(need);
    }

    @Override
    public boolean getNeedClientAuth() {
        return jdk.getNeedClientAuth();
    }

    @Override
    public void setWantClientAuth(boolean want) {
        jdk.setWantClientAuth(want);
    }

    @Override
    public boolean getWantClientAuth() {
        return jdk.getWantClientAuth();
    }

    @Override
    public void setEnableSessionCreation(boolean enabled) {
        jdk.setEnableSessionCreation(enabled);
    }

    @Override
    public boolean getEnableSessionCreation() {
        return jdk.getEnableSessionCreation();
    }

    @Override
    public SSLParameters getSSLParameters() {
        return jdk.getSSLParameters();
    }

    @Override
    public void setSSLParameters(SSLParameters parameters) {
        jdk.setSSLParameters(parameters);
        hook.guarded(() -> enabled(parameters.getProtocols()));
    }

    @Override
    public String getApplicationProtocol() {
        return jdk.getApplicationProtocol();
    }

    @Override
    public String getHandshakeApplicationProtocol() {
        return jdk.getHandshakeApplicationProtocol();
    }
}
