package io.certrail.api;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** Certrail's own JAX-RS application. */
@ApplicationPath("/api")
public final class ApiApplication extends Application {
    /** For the container. */
    public ApiApplication() {}

    /** Jersey's alone: without it OPTIONS is answered with a description of all resources, and there is one more of them. */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.wadl.disableWadl", true);
    }

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(
                WhoamiResource.class,
                EventsResource.class,
                EntriesResource.class,
                RecordsResource.class,
                StoriesResource.class,
                CertificatesResource.class,
                SummaryResource.class,
                TrailResource.class,
                InvalidParametersMapper.class,
                LogResource.class,
                ScanResource.class,
                JsonMapping.class,
                BodyReader.class,
                UntypedBody.class,
                ForeignPages.class,
                RolesAllowedFeature.class,
                RefusalMapper.class,
                ViolationMapper.class,
                UnexpectedMapper.class);
    }
}
