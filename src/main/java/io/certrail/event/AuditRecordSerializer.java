package io.certrail.event;

import jakarta.json.bind.serializer.JsonbSerializer;
import jakarta.json.bind.serializer.SerializationContext;
import jakarta.json.stream.JsonGenerator;

/** The JSON-B mapping of a record. {@link RecordJson} adds the escapes that JSON does not ask for and a log does. */
public final class AuditRecordSerializer implements JsonbSerializer<AuditRecord> {
    @Override
    public void serialize(AuditRecord record, JsonGenerator generator, SerializationContext context) {
        generator.writeStartObject();
        record.describe(new JsonbRecordWriter(generator));
        generator.writeEnd();
    }
}
