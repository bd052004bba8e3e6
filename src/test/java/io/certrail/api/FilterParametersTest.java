package io.certrail.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What conditions are taken as. */
final class FilterParametersTest {
    @Test
    void partOfASubjectIsAsLongInLowerCaseAsEnginesTake() {
        assertThat(part("Al")).isEqualTo("al");
        assertThat(part("A".repeat(256))).isEqualTo("a".repeat(256));
        assertThat(part("\u0130".repeat(128))).isEqualTo("i\u0307".repeat(128));
        assertThatThrownBy(() -> part("A")).isInstanceOf(InvalidParametersException.class);
        assertThatThrownBy(() -> part("A".repeat(257))).isInstanceOf(InvalidParametersException.class);
        assertThatThrownBy(() -> part("\u0130".repeat(129))).isInstanceOf(InvalidParametersException.class);
        assertThatThrownBy(() -> part("\u0130".repeat(256))).isInstanceOf(InvalidParametersException.class);
    }

    private static @Nullable String part(String given) {
        MultivaluedMap<String, String> query = new MultivaluedHashMap<>();
        query.add("subject_part", given);
        Parameters parameters = new Parameters(query);
        String part = FilterParameters.records(parameters).subjectPart();
        parameters.check();
        return part;
    }
}
