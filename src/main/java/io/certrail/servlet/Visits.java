package io.certrail.servlet;

import io.certrail.event.ConnectionFacts;
import io.certrail.event.ConnectionFacts.Endpoint;
import io.certrail.recorder.Recorder;
import io.certrail.recorder.RequestIdentity;
import io.certrail.recorder.RequestInFlight;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** Begins visits: opens the requests that nobody opened, and joins those that a server adapter did. */
final class Visits {
    private final Recorder recorder;
    private final ServletConnections connections;
    private final KnownRoles roles;

    Visits(Recorder recorder, FilterOptions options, ReadCertificate reader) {
        this.recorder = recorder;
        this.connections = new ServletConnections(recorder.bootId(), reader);
        this.roles = new KnownRoles(options.roles(), System::nanoTime);
    }

    /** The request as a server adapter or an earlier dispatch opened it, handed on to the application's own filters. */
    @Nullable
    RequestInFlight known(HttpServletRequest request) {
        if (request.getAttribute(RequestInFlight.ATTRIBUTE) instanceof RequestInFlight known) {
            return known;
        }
        if (request.getAttribute(recorder.requestAttribute()) instanceof RequestInFlight adapted) {
            request.setAttribute(RequestInFlight.ATTRIBUTE, adapted);
            return adapted;
        }
        return null;
    }

    /** A visit of a request that a server adapter, or an earlier dispatch, opened. Who opened it closes it. */
    Visit join(RequestInFlight known, HttpServletRequest request, HttpServletResponse response) {
        return new Visit(recorder, roles, known, false, request, response);
    }

    /** A visit of a request that nobody opened. */
    Visit open(HttpServletRequest request, HttpServletResponse response) {
        return open(request, response, request.getRequestURI());
    }

    /** A visit of a request that the container refused before any filter, and shows an error page for. */
    Visit openRefused(HttpServletRequest request, HttpServletResponse response) {
        Object asked = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        return open(request, response, asked instanceof String uri ? uri : request.getRequestURI());
    }

    private Visit open(HttpServletRequest request, HttpServletResponse response, @Nullable String path) {
        long started = System.nanoTime();
        RequestInFlight opened =
                recorder.open(RequestIdentity.of(new ServletHead(request, path)), connection(request), started);
        opened.requestBodySize(request.getContentLengthLong());
        request.setAttribute(RequestInFlight.ATTRIBUTE, opened);
        return new Visit(recorder, roles, opened, true, request, response);
    }

    private @Nullable ConnectionFacts connection(HttpServletRequest request) {
        try {
            Endpoint client = new Endpoint(request.getRemoteAddr(), request.getRemotePort());
            Endpoint server = new Endpoint(request.getLocalAddr(), request.getLocalPort());
            ConnectionFacts known = recorder.lookup().find(request::getAttribute, client, server);
            return known == null ? connections.of(request) : known;
        } catch (RuntimeException | Error e) { // an error, too, such as of a container that lacks a method
            recorder.hookFailed("CTR0702 The connection of a request could not be described", e);
            return null;
        }
    }
}
