/**
 * The one door for all events: what a server adapter, the servlet filter, the JAX-RS filters and the interceptor saw
 * becomes a record here, once.
 *
 * <p>Types in reading order: {@link io.certrail.recorder.Recorder}, the door;
 * {@link io.certrail.recorder.RequestInFlight}, a request from its head to its answer, closed once;
 * {@link io.certrail.recorder.ConnectionLookup}, how it finds its connection;
 * {@link io.certrail.recorder.RequestHead} and {@link io.certrail.recorder.RequestIdentity}, its ids;
 * {@link io.certrail.recorder.RecorderOptions}, {@link io.certrail.recorder.Durability} and
 * {@link io.certrail.recorder.FailurePolicy}, what is promised and what happens when the promise cannot be kept;
 * {@link io.certrail.recorder.ServerCode}, whether it was the server that threw;
 * {@link io.certrail.recorder.RecordObserver}, for those who count; {@link io.certrail.recorder.FloodOptions}, from when on
 * failures are told together. Inside: {@code FloodGate}, which lets an event through or counts it, with {@code FloodBucket},
 * {@code FloodTally}, {@code NumberRanges}, {@code SourceAddress} and {@code FloodWatch}, the thread that has it told.
 *
 * <p>Nothing here throws at those who report an event: what fails is counted and shown. All types are safe for use by
 * many threads unless they say otherwise. May import: {@code event}, {@code trail}.
 */
@NullMarked
package io.certrail.recorder;

import org.jspecify.annotations.NullMarked;
