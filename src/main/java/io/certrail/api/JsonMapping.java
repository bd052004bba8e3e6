package io.certrail.api;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.config.PropertyNamingStrategy;
import jakarta.ws.rs.ext.ContextResolver;

/** How the API reads and writes JSON: names as in the records, and nothing unknown taken. */
public final class JsonMapping implements ContextResolver<Jsonb> {
    /** Yasson's; JSON-B itself has no word for it, and other implementations ignore unknown members. */
    private static final String REFUSE_UNKNOWN = "jsonb.fail-on-unknown-properties";

    private final Jsonb jsonb = JsonbBuilder.create(new JsonbConfig()
            .withPropertyNamingStrategy(PropertyNamingStrategy.LOWER_CASE_WITH_UNDERSCORES)
            .setProperty(REFUSE_UNKNOWN, true));

    /** For the JAX-RS runtime. */
    public JsonMapping() {}

    @Override
    public Jsonb getContext(Class<?> type) {
        return jsonb;
    }
}
