package io.certrail.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletConnection;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A request and its answer, as a container would show them; what a test does not set is at the API's default. */
public final class FakeExchange {
    public final Map<String, Object> attributes = new HashMap<>();
    public final Map<String, String> requestHeaders = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    public final Map<String, String> responseHeaders = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    public final Map<String, String[]> parameters = new LinkedHashMap<>();
    public final StringWriter body = new StringWriter();
    public final Set<String> userRoles = new HashSet<>();
    public final List<AsyncListener> listeners = new ArrayList<>();
    public DispatcherType dispatcher = DispatcherType.REQUEST;
    public String verb = "GET";
    public String uri = "/";
    public String connectionId = "1";
    public String connectionProtocol = "http/1.1";
    public int clientPort = 50_000;
    public boolean secure = true;
    public String user;
    public int rolesAsked;
    public int status = 200;
    public boolean committed;
    public boolean wasReset;
    public boolean async;
    public boolean asyncOver;
    /** To whom an asynchronous answer is written; nobody can tell when he takes more. */
    public WriteListener writer;

    public final HttpServletRequest request = proxy(HttpServletRequest.class, this::ofRequest);
    public final HttpServletResponse response = proxy(HttpServletResponse.class, this::ofResponse);

    private Object ofRequest(Object self, Method method, Object[] args) {
        return switch (method.getName()) {
            case "getDispatcherType" -> dispatcher;
            case "getMethod" -> verb;
            case "getProtocol" -> "HTTP/1.1";
            case "getRequestURI" -> uri;
            case "getHeader" -> requestHeaders.get((String) args[0]);
            case "getParameterMap" -> parameters;
            case "getContentLengthLong" -> Long.parseLong(requestHeaders.getOrDefault("Content-Length", "-1"));
            case "getAttribute" -> attributes.get((String) args[0]);
            case "setAttribute" -> attributes.put((String) args[0], args[1]);
            case "getRemoteAddr", "getLocalAddr" -> "127.0.0.1";
            case "getRemotePort" -> clientPort;
            case "getLocalPort" -> 8443;
            case "isSecure" -> secure;
            case "getServletConnection" -> connection();
            case "getUserPrincipal" -> user == null ? null : (Principal) () -> user;
            case "isUserInRole" -> isUserInRole((String) args[0]);
            case "isAsyncStarted" -> async;
            case "startAsync" -> startAsync();
            case "getAsyncContext" -> asyncContext();
            default -> throw new UnsupportedOperationException(method.toString());
        };
    }

    private boolean isUserInRole(String role) {
        rolesAsked++;
        return userRoles.contains(role);
    }

    private AsyncContext startAsync() {
        async = true;
        return asyncContext();
    }

    private ServletConnection connection() {
        return proxy(ServletConnection.class, (self, method, args) -> switch (method.getName()) {
            case "getConnectionId" -> connectionId;
            case "getProtocol" -> connectionProtocol;
            default -> throw new UnsupportedOperationException(method.toString());
        });
    }

    private AsyncContext asyncContext() {
        if (asyncOver) {
            throw new IllegalStateException("completed already");
        }
        return proxy(AsyncContext.class, (self, method, args) -> switch (method.getName()) {
            case "addListener" -> listeners.add((AsyncListener) args[0]) ? null : null;
            case "getRequest" -> request;
            case "getResponse" -> response;
            case "setTimeout" -> null;
            case "complete" -> asyncOver = true;
            default -> throw new UnsupportedOperationException(method.toString());
        });
    }

    /** What the container does when an asynchronous request was completed. */
    public void complete() throws IOException {
        for (AsyncListener listener : List.copyOf(listeners)) {
            listener.onComplete(new AsyncEvent(asyncContext()));
        }
    }

    /** What the container does when the time of an asynchronous request ran out and nobody answered it. */
    public void timeOut() throws IOException {
        for (AsyncListener listener : List.copyOf(listeners)) {
            listener.onTimeout(new AsyncEvent(asyncContext()));
        }
        status = 500;
        complete();
    }

    /** What the container does when an asynchronous request failed. */
    public void fail(Throwable thrown) throws IOException {
        for (AsyncListener listener : List.copyOf(listeners)) {
            listener.onError(new AsyncEvent(asyncContext(), thrown));
        }
        status = 500;
        complete();
    }

    private Object ofResponse(Object self, Method method, Object[] args) {
        return switch (method.getName()) {
            case "getStatus" -> status;
            case "isCommitted" -> committed;
            case "containsHeader" -> responseHeaders.containsKey((String) args[0]);
            case "getHeader" -> responseHeaders.get((String) args[0]);
            case "setHeader" -> responseHeaders.put((String) args[0], (String) args[1]);
            case "setContentLength" -> responseHeaders.put("Content-Length", args[0].toString());
            case "setStatus" -> status = (int) args[0];
            case "setContentType" -> responseHeaders.put("Content-Type", (String) args[0]);
            case "setCharacterEncoding" -> null;
            case "getWriter" -> new PrintWriter(body);
            case "getOutputStream" -> new Out();
            case "reset" -> reset();
            default -> throw new UnsupportedOperationException(method.toString());
        };
    }

    private final class Out extends ServletOutputStream {
        @Override
        public boolean isReady() {
            return false;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            writer = listener;
        }

        @Override
        public void write(int b) {
            body.write(b);
        }
    }

    private Object reset() {
        if (committed) {
            throw new IllegalStateException("committed");
        }
        wasReset = true;
        status = 200;
        responseHeaders.clear();
        return null;
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
