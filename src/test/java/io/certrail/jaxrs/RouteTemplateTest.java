package io.certrail.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTemplateTest {
    @Path("/records/")
    static class Records {
        @GET
        public String all() {
            return "";
        }

        @GET
        @Path("{ sequence : [0-9]{1,18} }/raw")
        public String raw() {
            return "";
        }

        @Path("{sequence}/parts")
        public Parts parts() {
            return new Parts();
        }
    }

    static class Parts {
        @GET
        @Path("/{part}")
        public String part() {
            return "";
        }
    }

    @Path("things")
    interface Things {
        @GET
        @Path("{id}")
        String thing();
    }

    static class ThingsHere implements Things {
        @Override
        public String thing() {
            return "";
        }
    }

    @Path("either")
    static class Ambiguous {
        @Path("one")
        public Parts one() {
            return new Parts();
        }

        @Path("two")
        public Parts two() {
            return new Parts();
        }
    }

    @ParameterizedTest
    @CsvSource({"/api/,records,/api/records", "/,/a/,/a", "'',a,/a", "/api,'',/api", "/,'',/"})
    void pathsAreJoinedWithOneSlash(String above, String below, String joined) {
        assertThat(RouteTemplate.join(above, below)).isEqualTo(joined);
    }

    @Test
    void methodWithoutPathHasThatOfItsClass() throws Exception {
        assertThat(RouteTemplate.of(Records.class, Records.class.getMethod("all")))
                .isEqualTo("/records");
    }

    @Test
    void regularExpressionsAreLeftOut() throws Exception {
        assertThat(RouteTemplate.of(Records.class, Records.class.getMethod("raw")))
                .isEqualTo("/records/{sequence}/raw");
    }

    @Test
    void pathsOfAnInterfaceAreInherited() throws Exception {
        assertThat(RouteTemplate.of(ThingsHere.class, ThingsHere.class.getMethod("thing")))
                .isEqualTo("/things/{id}");
    }

    @Test
    void subResourceHasTheLocatorsPathBeforeItsOwn() throws Exception {
        assertThat(RouteTemplate.through(List.of(new Parts(), new Records()), Parts.class.getMethod("part")))
                .isEqualTo("/records/{sequence}/parts/{part}");
    }

    @Test
    void locatorThatCannotBeToldFromAnotherStandsAsUnknown() throws Exception {
        assertThat(RouteTemplate.through(List.of(new Parts(), new Ambiguous()), Parts.class.getMethod("part")))
                .isEqualTo("/either/{…}/{part}");
    }
}
