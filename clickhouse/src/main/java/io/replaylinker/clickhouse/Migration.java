package io.replaylinker.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.replaylinker.schemas.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A numbered DDL file of {@code schemas}. Every statement is idempotent, so an interrupted migration is applied again.
 *
 * @param version from the file's name, 0 or more
 * @param file such as {@code V001__replay_links.sql}
 * @param text with {@code ${database}} in place of the quoted database name
 */
record Migration(int version, String file, String text) {

    private static final String FOLDER = "/clickhouse/";
    private static final Pattern FILE = Pattern.compile("V(\\d{3})__\\w+\\.sql");

    /** Returns all migrations in order. They are listed in a file, because a class path cannot be listed. */
    static List<Migration> all() {
        return resource("migrations.txt")
                .lines()
                .filter(line -> !line.isBlank())
                .map(Migration::load)
                .toList();
    }

    List<String> statements(String database) {
        String sql = text.replace("${database}", Quoting.name(database));
        return Arrays.stream(sql.split(";\\s*(?:\\R|$)", -1))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    String checksum() {
        return Sha256.hex(text.getBytes(UTF_8));
    }

    private static Migration load(String file) {
        Matcher name = FILE.matcher(file);
        if (!name.matches()) {
            throw new IllegalStateException("a migration is named V001__what_it_makes.sql and not " + file);
        }
        return new Migration(Integer.parseInt(name.group(1)), file, resource(file));
    }

    private static String resource(String file) {
        try (InputStream in = Migration.class.getResourceAsStream(FOLDER + file)) {
            if (in == null) {
                throw new IllegalStateException("the class path lacks " + FOLDER + file);
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
