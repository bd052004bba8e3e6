package io.certrail.it.shop;

import io.certrail.interceptor.AuditArgument;
import io.certrail.interceptor.Audited;
import jakarta.enterprise.context.ApplicationScoped;

/** Reserves what is there. */
@ApplicationScoped
public class Stock {
    @Audited(action = "reserve", resource = "stock")
    public String reserve(@AuditArgument(name = "order") String order, @AuditArgument(masked = true) String pin) {
        if (order.startsWith("none")) {
            throw new IllegalArgumentException("there is no " + order + " for " + pin);
        }
        return "reserved " + order;
    }
}
