package io.certrail.bench.app;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Serves the resources under {@code /api}. */
@ApplicationPath("/api")
public class PingApplication extends Application {}
