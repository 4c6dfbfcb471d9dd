package io.replaylinker.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MigrationTest {

    @Test
    void shouldBeNumberedWithoutGaps() {
        List<Migration> migrations = Migration.all();

        for (int i = 0; i < migrations.size(); i++) {
            assertThat(migrations.get(i).version()).isEqualTo(i);
        }
    }

    /** Installations have applied them as they were. */
    @Test
    void shouldNotChangeWhatWasReleased() {
        assertThat(Migration.all().subList(0, 2))
                .extracting(Migration::checksum)
                .containsExactly(
                        "8b6458d4261247dee43d337cb8b7197187dbf9076b83f0390b907dfb6804ab98",
                        "1df2295a43f9c1002d1addfc44d15b222083e465dc9023568df1a856f173c85e");
    }

    @Test
    void shouldLeaveNoFileOut() throws IOException {
        Path folder = Path.of("../schemas/src/main/resources/clickhouse");

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".sql")))
                    .containsExactlyInAnyOrderElementsOf(
                            Migration.all().stream().map(Migration::file).toList());
        }
    }

    @Test
    void shouldMakeNothingTwice() {
        assertThat(Migration.all())
                .flatExtracting(migration -> migration.statements("db"))
                .isNotEmpty()
                .allMatch(statement -> statement.contains("IF NOT EXISTS")
                        || statement.contains("DROP VIEW IF EXISTS")
                        // What a column is, and what is written on it, may be set again.
                        || statement.contains("MODIFY COLUMN ")
                        || statement.contains("COMMENT COLUMN IF EXISTS")
                        || statement.contains(" MODIFY COMMENT ")
                        || statement.contains("MATERIALIZE INDEX IF EXISTS")
                        // Rows that are put in again have their key and version.
                        || statement.contains("INSERT INTO `db`.`replay_links` SELECT * FROM `db`.`replay_links`")
                        || statement.contains("INSERT INTO `db`.`link_coverage`")
                        // Of marks the largest counts, however often they come.
                        || statement.contains("INSERT INTO `db`.`link_freshness`"));
    }

    @Test
    void shouldPutTheQuotedDatabaseInItsPlace() {
        Migration migration = new Migration(1, "V001__a.sql", "CREATE TABLE ${database}.`a` (x UInt8);\n");

        assertThat(migration.statements("db")).containsExactly("CREATE TABLE `db`.`a` (x UInt8)");
    }

    @Test
    void shouldPartStatementsAtTheEndOfALineOnly() {
        Migration migration = new Migration(1, "V001__a.sql", "-- one; or two\nSELECT ';' AS x;\n\nSELECT 2;\n");

        assertThat(migration.statements("db")).containsExactly("-- one; or two\nSELECT ';' AS x", "SELECT 2");
    }

    @Test
    void shouldChangeItsChecksumWithItsText() {
        Migration one = new Migration(1, "V001__a.sql", "SELECT 1;\n");
        Migration other = new Migration(1, "V001__a.sql", "SELECT 2;\n");

        assertThat(one.checksum()).hasSize(64).isNotEqualTo(other.checksum());
    }
}
