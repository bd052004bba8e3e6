package io.certrail.event;

import jakarta.json.bind.annotation.JsonbTypeSerializer;

/**
 * An event with its place in the trail: the whole record.
 *
 * @param bootId one id per start of the recorder
 * @param sequence consecutive number in the trail, from 0, without holes
 */
@JsonbTypeSerializer(AuditRecordSerializer.class)
public record AuditRecord(AuditEvent event, String bootId, long sequence) {
    /** Describes the whole record, in its order. */
    void describe(RecordWriter record) {
        event.describeAll(record);
        record.put("boot_id", bootId).put("sequence", sequence).end();
    }
}
