package io.certrail.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.Converter;

/** A configuration of one source, as MicroProfile Config shows it: an empty value has no value but a raw one. */
public final class FakeConfig implements Config {
    /** The name of its source. */
    public static final String SOURCE = "the test";

    private final Map<String, String> values = new LinkedHashMap<>();

    public static FakeConfig with(String... keysAndValues) {
        FakeConfig config = new FakeConfig();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            config.values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return config;
    }

    @Override
    public ConfigValue getConfigValue(String key) {
        return new Value(key, values.get(key));
    }

    @Override
    public Iterable<String> getPropertyNames() {
        return List.copyOf(values.keySet());
    }

    @Override
    public <T> T getValue(String key, Class<T> type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> Optional<T> getOptionalValue(String key, Class<T> type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Iterable<ConfigSource> getConfigSources() {
        return List.of();
    }

    @Override
    public <T> Optional<Converter<T>> getConverter(Class<T> type) {
        return Optional.empty();
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        throw new IllegalArgumentException();
    }

    private record Value(String key, String raw) implements ConfigValue {
        @Override
        public String getName() {
            return key;
        }

        @Override
        public String getValue() {
            return raw == null || raw.isEmpty() ? null : raw;
        }

        @Override
        public String getRawValue() {
            return raw;
        }

        @Override
        public String getSourceName() {
            return raw == null ? null : SOURCE;
        }

        @Override
        public int getSourceOrdinal() {
            return 100;
        }
    }
}
