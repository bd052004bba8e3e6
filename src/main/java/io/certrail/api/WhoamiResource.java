package io.certrail.api;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** How the server sees a connection, for whoever is at the other end of it. */
@Path("/whoami")
@ApplicationScoped
@PermitAll // of those whom the container let in: any certificate that it trusts
public class WhoamiResource {
    /** For the container. */
    public WhoamiResource() {}

    /** The certificate, protocol, ids, user and roles of this request. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Whoami whoami(@Context HttpServletRequest request) {
        return Whoami.of(CurrentRequest.of(request).link());
    }
}
