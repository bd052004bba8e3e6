package io.certrail.it.shop;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Orders, asked for at once or later. */
@Path("/orders")
@RequestScoped
public class OrdersResource {
    @Inject
    Stock stock;

    @GET
    @Path("/{number}")
    public String order(@PathParam("number") String number) {
        return "order " + number;
    }

    @POST
    @Path("/{number}/reserve")
    public String reserve(@PathParam("number") String number) {
        return stock.reserve(number, "s3cret-pin");
    }

    @GET
    @Path("/{number}/later")
    public void later(@PathParam("number") String number, @Suspended AsyncResponse answer) {
        CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS).execute(() -> answer.resume("order " + number));
    }

    @GET
    @Path("/{number}/broken")
    public String broken(@PathParam("number") String number) {
        throw new IllegalStateException("order " + number + " is broken");
    }
}
