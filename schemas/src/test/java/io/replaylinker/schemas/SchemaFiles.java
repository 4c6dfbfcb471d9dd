package io.replaylinker.schemas;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;

/** A folder of schema files that may name each other's types, in any order. */
final class SchemaFiles {

    static final Path TODAY = Path.of("src/main/avro");
    static final Path RELEASED = Path.of("src/test/resources/released");

    private SchemaFiles() {}

    /** The schemas by their short names. */
    static Map<String, Schema> read(Path folder) throws IOException {
        SchemaParser parser = new SchemaParser();
        for (Path file : list(folder, "*.avsc")) {
            parser.parse(file);
        }
        Map<String, Schema> schemas = new TreeMap<>();
        parser.getParsedNamedSchemas().forEach(schema -> schemas.put(schema.getName(), schema));
        return schemas;
    }

    /** The folders of all releases. */
    static List<Path> releases() throws IOException {
        return list(RELEASED, "v*");
    }

    private static List<Path> list(Path folder, String glob) throws IOException {
        try (var files = Files.newDirectoryStream(folder, glob);
                Stream<Path> stream = StreamSupport.stream(files.spliterator(), false)) {
            return stream.sorted().toList();
        }
    }
}
