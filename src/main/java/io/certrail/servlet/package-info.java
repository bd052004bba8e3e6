/**
 * The portable request path: a servlet filter that records every request that reaches the application, on any Jakarta
 * EE 10 server. Where a server adapter opened a request already, the filter adds what only the servlet API knows and
 * leaves the end to the adapter: a request is never recorded twice.
 *
 * <p>Types in reading order: {@link io.certrail.servlet.AuditFilter}, the filter that web.xml or web-fragment.xml
 * declares; {@link io.certrail.servlet.FilterOptions}; {@code Visit}, one request on its way through the application;
 * {@code AsyncEnd}, the end of an asynchronous one; {@code ServletHead} and {@code ServletConnections}, what the servlet
 * API tells of a request and its connection; {@code KnownRoles}; {@code ServletFault}, what an exception means.
 *
 * <p>An exception of the application is noted and thrown on. A failure of Certrail's own is counted
 * ({@code Recorder.hookFailed}) and keeps no request from being served. May import: {@code event}, {@code recorder},
 * and of {@code tls} the reading of certificates. All types are safe for use by many threads unless they say otherwise.
 */
@NullMarked
package io.certrail.servlet;

import org.jspecify.annotations.NullMarked;
