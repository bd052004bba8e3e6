package io.certrail.scan.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The profiles that come with Certrail, and the wording of reasons that most servers share. */
public final class Profiles {
    /** The most particular first: of two that fit as many lines, the first is taken. */
    private static final List<String> NAMES =
            List.of("certrail", "nginx", "haproxy", "apache", "envoy", "caddy", "tomcat", "tracing", "text");

    private final List<Profile> all;
    private final Map<String, Pattern> reasons;

    private Profiles(List<Profile> all, Map<String, Pattern> reasons) {
        this.all = List.copyOf(all);
        this.reasons = Map.copyOf(reasons);
    }

    /** Those of the class path. */
    public static Profiles builtIn() {
        try {
            List<Profile> profiles = new ArrayList<>();
            for (String name : NAMES) {
                profiles.add(ProfileFile.parse(name + ".profile", resource(name + ".profile")));
            }
            return new Profiles(profiles, ProfileFile.reasons("reasons", resource("reasons")));
        } catch (ProfileException | IOException e) {
            throw new IllegalStateException("a profile that comes with Certrail is broken: " + e.getMessage(), e);
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Profiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(name + " is missing");
            }
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    public static List<String> names() {
        return NAMES;
    }

    /** How most libraries word reasons. */
    public Map<String, Pattern> reasons() {
        return reasons;
    }

    /**
     * The profile of that name, or in that file.
     *
     * @throws ProfileException if there is none, with those that there are
     */
    public Profile named(String nameOrFile) throws ProfileException, IOException {
        for (Profile profile : all) {
            if (profile.name().equals(nameOrFile)) {
                return profile;
            }
        }
        Path file = Path.of(nameOrFile);
        if (!Files.isReadable(file)) {
            throw new ProfileException("no profile " + nameOrFile + ": expected one of " + String.join(", ", NAMES)
                    + ", or a file that can be read");
        }
        return ProfileFile.parse(nameOrFile, Files.readString(file));
    }

    /** The one whose forms fit most lines; where no line fits any, the last, which takes text as it comes. */
    public Profile detect(List<LogLine> lines) {
        Profile best = all.get(all.size() - 1);
        long most = 0;
        for (Profile profile : all.subList(0, all.size() - 1)) {
            long fitting = lines.stream().filter(profile::fits).count();
            if (fitting > most) {
                best = profile;
                most = fitting;
            }
        }
        return best;
    }
}
