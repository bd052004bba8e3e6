/**
 * What JAX-RS knows of a request and the servlet API does not: the template of its route, and that its body was not
 * JSON.
 *
 * <p>Types in reading order: {@link io.certrail.jaxrs.RouteFeature}, which every JAX-RS application finds as a service
 * (Jakarta RESTful Web Services 3.1, section 4.1.2); {@code RouteFilter} and {@code RouteTemplate}; {@code BodyFault},
 * which tells by {@code ReceivedBody} whether a body never came whole.
 *
 * <p>Found as a service and not by scanning, so that it is there in an application that lists its classes itself, and
 * once only. An application that switches services off ({@code jakarta.ws.rs.loadServices=false}) registers
 * {@code RouteFeature} itself; without it records lack {@code http.route} and are otherwise the same. Sees matched
 * requests only. Nothing here throws but what it was given. May import: {@code event}, {@code recorder}. All types are
 * safe for use by many threads, but for {@code ReceivedBody}.
 */
@NullMarked
package io.certrail.jaxrs;

import org.jspecify.annotations.NullMarked;
