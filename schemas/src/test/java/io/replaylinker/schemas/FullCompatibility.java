package io.replaylinker.schemas;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

/** Readers of either schema understand writers of the other: what a registry calls FULL. */
final class FullCompatibility {

    private FullCompatibility() {}

    /** What stands against it, empty if nothing. */
    static List<String> violations(Schema today, Schema released) {
        List<String> violations = new ArrayList<>();
        check("today's readers on released records", today, released, violations);
        check("released readers on today's records", released, today, violations);
        return violations;
    }

    private static void check(String direction, Schema reader, Schema writer, List<String> violations) {
        SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities()
                .forEach(found -> violations.add(
                        direction + ": " + found.getType() + " at " + found.getLocation() + ", " + found.getMessage()));
    }
}
