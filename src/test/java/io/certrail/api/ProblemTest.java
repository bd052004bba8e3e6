package io.certrail.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemTest {
    @Test
    void statusAndRequestAreToldAndNothingElse() {
        assertThat(Problem.of(404, "0199a0b0-0000-7000-8000-000000000001").json())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,"
                        + "\"instance\":\"urn:uuid:0199a0b0-0000-7000-8000-000000000001\","
                        + "\"request_id\":\"0199a0b0-0000-7000-8000-000000000001\"}");
    }

    @Test
    void idOfTheClientIsEncodedIntoTheUrn() {
        assertThat(Problem.of(400, "a/b?<c>").json())
                .contains("\"instance\":\"urn:certrail:request:a%2Fb%3F%3Cc%3E\"", "\"request_id\":\"a/b?<c>\"");
    }

    @Test
    void fieldsThatHaveToBePutRightAreNamed() {
        Problem problem = new Problem(400, null, List.of(new Problem.Violation("action", "must not be null")));
        assertThat(problem.json())
                .endsWith("\"status\":400,\"invalid\":[{\"name\":\"action\",\"reason\":\"must not be null\"}]}");
    }
}
