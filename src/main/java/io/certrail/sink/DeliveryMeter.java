package io.certrail.sink;

/** Hears what becomes of deliveries. Called by any thread; must neither block nor throw. */
public interface DeliveryMeter {
    /** Hears nothing. */
    DeliveryMeter NONE = new DeliveryMeter() {};

    /** One was delivered. */
    default void delivered(SinkKind kind) {}

    /** An attempt failed. */
    default void failed(SinkKind kind) {}

    /** One will not be delivered, because a newer one says all that it did. */
    default void superseded(SinkKind kind) {}
}
