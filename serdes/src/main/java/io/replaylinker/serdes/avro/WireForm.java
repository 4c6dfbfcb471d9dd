package io.replaylinker.serdes.avro;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The writer schema that a record refers to, and the position of its Avro binary. Confluent has two formats: a prefix of byte 0 and the id
 * as 4 bytes, big-endian; or a header with byte 1 and the schema's 16-byte GUID (or byte 0 and the id), without a prefix.
 *
 * @param id the schema's id, if the record has one
 * @param guid the schema's GUID, if the record has one
 * @param offset of the Avro binary in the value, in bytes
 */
record WireForm(int id, @Nullable UUID guid, int offset) {

    static final byte MAGIC_ID = 0;
    static final byte MAGIC_GUID = 1;
    static final int PREFIX_BYTES = 5;

    private static final int GUID_BYTES = 17;

    static String headerName(boolean isKey) {
        return isKey ? "__key_schema_id" : "__value_schema_id";
    }

    /**
     * Finds the schema reference.
     *
     * @throws NotAvroException if there is none
     */
    static WireForm of(@Nullable Headers headers, byte[] data, boolean isKey) {
        Header header = headers == null ? null : headers.lastHeader(headerName(isKey));
        if (header != null) {
            return ofHeader(header);
        }
        if (data.length < PREFIX_BYTES) {
            throw new NotAvroException(data.length + " bytes are too few for a schema id");
        }
        if (data[0] != MAGIC_ID) {
            throw new NotAvroException("The first byte is " + (data[0] & 0xFF) + " and not 0");
        }
        return new WireForm(ByteBuffer.wrap(data).getInt(1), null, PREFIX_BYTES);
    }

    private static WireForm ofHeader(Header header) {
        byte[] value = header.value();
        if (value != null && value.length == GUID_BYTES && value[0] == MAGIC_GUID) {
            ByteBuffer guid = ByteBuffer.wrap(value, 1, 16);
            return new WireForm(0, new UUID(guid.getLong(), guid.getLong()), 0);
        }
        if (value != null && value.length == PREFIX_BYTES && value[0] == MAGIC_ID) {
            return new WireForm(ByteBuffer.wrap(value).getInt(1), null, 0);
        }
        throw new NotAvroException("Header " + header.key() + " holds neither a schema's GUID nor its id");
    }

    /** The cache key of readers of this schema. */
    Object key() {
        return guid == null ? (Object) id : guid;
    }

    /** The schema reference for messages. */
    @Override
    public String toString() {
        return "schema " + key();
    }
}
