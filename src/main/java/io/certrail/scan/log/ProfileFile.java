package io.certrail.scan.log;

import io.certrail.scan.log.LineFormat.JsonShape;
import io.certrail.scan.log.LineFormat.PairsShape;
import io.certrail.scan.log.LineFormat.PatternShape;
import io.certrail.scan.log.LineFormat.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * Reads a profile's text: sections in brackets, in them {@code name = value}, nothing is escaped.
 *
 * <pre>
 * [profile]             name, title, exact-reasons = true, join-within = 300 (milliseconds)
 * [format NAME]         type = json | pairs | pattern; require = names of values; once = kinds, or *
 *                       pattern = a regular expression, its groups named as the fields, without underscore
 *                       FIELD = names under which it stands (json: dotted paths)
 * [reasons]             REASON = a regular expression
 * [remedy FAULT …]      or FAULT/SIGNAL: the lines that follow, as they are
 * </pre>
 *
 * A line that begins with {@code #} is a comment, but not in a remedy.
 */
final class ProfileFile {
    private static final Set<String> SETTINGS = Set.of("type", "pattern", "require", "once", "structured");

    private final String file;
    private final Map<String, List<String>> sections = new LinkedHashMap<>();

    private ProfileFile(String file) {
        this.file = file;
    }

    /**
     * Reads a profile.
     *
     * @param file its name, for errors
     * @param text its content
     */
    static Profile parse(String file, String text) throws ProfileException {
        var parsed = new ProfileFile(file);
        parsed.split(text);
        return parsed.profile();
    }

    /** The section {@code [reasons]} alone. */
    static Map<String, Pattern> reasons(String file, String text) throws ProfileException {
        var parsed = new ProfileFile(file);
        parsed.split(text);
        return parsed.patterns();
    }

    private void split(String text) throws ProfileException {
        List<String> section = new ArrayList<>();
        String name = "";
        for (String line : text.lines().toList()) {
            if (line.matches("\\[[^\\]]+]\\s*")) {
                name = line.strip().substring(1, line.strip().length() - 1);
                section = new ArrayList<>();
                if (sections.put(name, section) != null) {
                    throw wrong("section [" + name + "] is there twice");
                }
            } else if (name.startsWith("remedy ") || !(line.isBlank() || line.startsWith("#"))) {
                section.add(line);
            }
        }
    }

    private Profile profile() throws ProfileException {
        Map<String, String> head = settings("profile");
        List<LineFormat> formats = new ArrayList<>();
        Map<String, List<String>> remedies = new HashMap<>();
        for (var each : sections.entrySet()) {
            if (each.getKey().startsWith("format ")) {
                formats.add(format(each.getKey()));
            } else if (each.getKey().startsWith("remedy ")) {
                for (String fault : words(each.getKey().substring("remedy ".length()))) {
                    remedies.merge(fault, trimmed(each.getValue()), ProfileFile::joined);
                }
            }
        }
        if (formats.isEmpty()) {
            throw wrong("no section [format NAME]: a profile declares what lines look like");
        }
        String name = required(head, "profile", "name");
        return new Profile(
                name,
                head.getOrDefault("title", name),
                formats,
                Boolean.parseBoolean(head.get("exact-reasons")),
                Duration.ofMillis(number(head.getOrDefault("join-within", "3600000"))),
                patterns(),
                remedies);
    }

    private static List<String> joined(List<String> lines, List<String> more) {
        return Stream.concat(lines.stream(), more.stream()).toList();
    }

    private static List<String> trimmed(List<String> lines) {
        int end = lines.size();
        while (end > 0 && lines.get(end - 1).isBlank()) {
            end--;
        }
        return List.copyOf(lines.subList(0, end));
    }

    private LineFormat format(String section) throws ProfileException {
        Map<String, String> settings = settings(section);
        Shape shape = shape(section, settings);
        Map<Field, List<String>> names = new EnumMap<>(Field.class);
        for (var each : settings.entrySet()) {
            Optional<Field> field = Field.of(each.getKey());
            if (field.isPresent() && shape instanceof PatternShape) {
                throw wrong("[" + section + "] " + each.getKey() + ": of a pattern, expected a group (?<"
                        + field.get().group() + ">...) in it");
            } else if (field.isPresent()) {
                names.put(field.get(), words(each.getValue()));
            } else if (!SETTINGS.contains(each.getKey())) {
                throw wrong("[" + section + "] " + each.getKey() + ": no such field");
            }
        }
        if (shape instanceof PatternShape pattern) {
            groups(pattern.pattern()).forEach(field -> names.put(field, List.of()));
        }
        return new LineFormat(
                section.substring("format ".length()),
                shape,
                Set.copyOf(words(settings.getOrDefault("require", ""))),
                names,
                Set.copyOf(words(settings.getOrDefault("once", ""))));
    }

    private Shape shape(String section, Map<String, String> settings) throws ProfileException {
        String type = required(settings, section, "type");
        return switch (type) {
            case "json" -> new JsonShape();
            case "pairs" -> new PairsShape();
            case "pattern" ->
                new PatternShape(
                        pattern(section, required(settings, section, "pattern")),
                        Boolean.parseBoolean(settings.get("structured")));
            default -> throw wrong("[" + section + "] type = " + type + ": expected json, pairs or pattern");
        };
    }

    private static List<Field> groups(Pattern pattern) {
        List<Field> found = new ArrayList<>();
        for (Field field : Field.values()) {
            if (pattern.pattern().contains("(?<" + field.group() + ">")) {
                found.add(field);
            }
        }
        return found;
    }

    private Map<String, Pattern> patterns() throws ProfileException {
        Map<String, Pattern> patterns = new HashMap<>();
        for (var each : settings("reasons").entrySet()) {
            patterns.put(each.getKey(), pattern("reasons", each.getValue()));
        }
        return patterns;
    }

    private Pattern pattern(String section, String text) throws ProfileException {
        try {
            return Pattern.compile(text, section.equals("reasons") ? Pattern.CASE_INSENSITIVE : 0);
        } catch (PatternSyntaxException e) {
            throw wrong("[" + section + "] " + text + ": " + e.getDescription());
        }
    }

    private Map<String, String> settings(String section) throws ProfileException {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String line : sections.getOrDefault(section, List.of())) {
            int equals = line.indexOf('=');
            if (equals < 0) {
                throw wrong("[" + section + "] \"" + line + "\": expected name = value");
            }
            settings.put(
                    line.substring(0, equals).strip(),
                    line.substring(equals + 1).strip());
        }
        return settings;
    }

    private String required(Map<String, String> settings, String section, String name) throws ProfileException {
        String value = settings.get(name);
        if (value == null || value.isEmpty()) {
            throw wrong("[" + section + "] " + name + " is missing");
        }
        return value;
    }

    private long number(String text) throws ProfileException {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw wrong("[profile] join-within = " + text + ": expected milliseconds");
        }
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }

    private ProfileException wrong(String what) {
        return new ProfileException(file + ": " + what);
    }
}
