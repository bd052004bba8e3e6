package io.certrail.trail;

/** Keeps what a meter throws away from the writer: a metric must not cost a record. */
final class GuardedMeter implements TrailMeter {
    private final TrailMeter meter;
    private long lostTotal;

    GuardedMeter(TrailMeter meter) {
        this.meter = meter;
    }

    @Override
    public void appended(int records, long bytes, long nanos) {
        Guard.run(() -> meter.appended(records, bytes, nanos));
    }

    @Override
    public void forced(long nanos) {
        Guard.run(() -> meter.forced(nanos));
    }

    @Override
    public void lost(long count) {
        Guard.run(() -> meter.lost(count));
    }

    /** Tells by how much this has grown. */
    void lostTotal(long total) {
        if (total > lostTotal) {
            lost(total - lostTotal);
            lostTotal = total;
        }
    }

    @Override
    public void failed() {
        Guard.run(meter::failed);
    }

    @Override
    public void logFailed() {
        Guard.run(meter::logFailed);
    }
}
