package io.certrail.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HashSet;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * What JSON-B lets pass, and what would be another thing on record than what was sent: more than one document, a name twice, bytes
 * that are no text, numbers for texts, half a surrogate pair.
 */
final class StrictJson {
    private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of()); // looking for it takes long

    private StrictJson() {}

    /**
     * Checks that a body is one JSON document; if it is an object, that its members are texts, or objects of texts, or null.
     *
     * @throws JsonException if it is not
     */
    static void check(byte[] body) {
        try (JsonParser parser = PARSERS.createParser(new StringReader(text(body)))) {
            if (parser.next() == Event.START_OBJECT) {
                object(parser, true);
                if (parser.hasNext()) {
                    throw new JsonException("something follows the document");
                }
            }
        } catch (NoSuchElementException e) {
            throw new JsonException("no whole document", e);
        }
    }

    private static String text(byte[] body) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException e) {
            throw new JsonException("not UTF-8", e);
        }
    }

    private static void object(JsonParser parser, boolean nests) {
        Set<String> names = new HashSet<>();
        while (parser.next() == Event.KEY_NAME) {
            String name = text(parser);
            if (!names.add(name)) {
                throw new JsonException(name + " is given twice");
            }
            Event value = parser.next();
            if (value == Event.START_OBJECT && nests) {
                object(parser, false);
            } else if (value != Event.VALUE_STRING && value != Event.VALUE_NULL) {
                throw new JsonException("the value of " + name + " is no text");
            } else if (value == Event.VALUE_STRING) {
                text(parser);
            }
        }
    }

    /** Half a character can be escaped, and then is no text: RFC 8259 section 8.2. */
    private static String text(JsonParser parser) {
        String text = parser.getString();
        if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
            throw new JsonException("a surrogate without its other half");
        }
        return text;
    }
}
