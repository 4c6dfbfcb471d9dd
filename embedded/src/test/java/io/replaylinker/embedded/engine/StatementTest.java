package io.replaylinker.embedded.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t FORMAT RowBinary\n",
                "insert into `d`.`t` (`a`, `b`) Format RowBinary\n",
                "/* why */ INSERT INTO d.t(a,b) SETTINGS async_insert = 0, insert_deduplication_token='it''s' FORMAT RowBinary\r\n"
            })
    void shouldTakeTheRowsOffAnInsert(String sql) throws IOException {
        byte[] rows = {2, '\n', '\n', (byte) 0xff};

        Statement statement = Statement.of("", body(sql, rows));

        assertThat(statement.insertFormat()).isEqualTo("RowBinary");
        assertThat(text(statement.sql()))
                .isEqualTo(sql.substring(0, sql.toLowerCase(Locale.ROOT).indexOf("format")));
        assertThat(statement.rows().readAllBytes()).isEqualTo(rows);
    }

    @Test
    void shouldTakeTheRowsFromTheBodyWhenTheSqlIsAParameter() throws IOException {
        byte[] rows = {'\n', '\n'};

        Statement statement = Statement.of("INSERT INTO t (a) FORMAT RowBinary", body("", rows));

        assertThat(text(statement.sql())).isEqualTo("INSERT INTO t (a) ");
        assertThat(statement.rows().readAllBytes()).isEqualTo(rows);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t VALUES ('a FORMAT RowBinary b')",
                "INSERT INTO t FORMAT Values (1)",
                "INSERT INTO t SELECT 1 FORMAT Null",
                "SELECT 1 FORMAT TSV"
            })
    void shouldLeaveOtherTextWhole(String sql) throws IOException {
        Statement statement = Statement.of("", body(sql, new byte[0]));

        assertThat(statement.insertFormat()).isNull();
        assertThat(text(statement.sql())).isEqualTo(sql);
    }

    @Test
    void shouldPutTheBodyBehindTheParameter() throws IOException {
        Statement statement = Statement.of("INSERT INTO t VALUES", body("(1)", new byte[0]));

        assertThat(text(statement.sql())).isEqualTo("INSERT INTO t VALUES\n(1)");
    }

    @Test
    void shouldFindTheFormatThatTheSqlNames() throws IOException {
        assertThat(Statement.of("SELECT 'FORMAT x' FORMAT JSONEachRow;", body("", new byte[0]))
                        .outputFormat())
                .contains("JSONEachRow");
        assertThat(Statement.of("SELECT 1", body("", new byte[0])).outputFormat())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SYSTEM SHUTDOWN", " /* x */ system\n  kill", "-- a\nSYSTEM /* b */ SHUTDOWN"})
    void shouldKnowWhatWouldEndTheProcess(String sql) throws IOException {
        assertThat(Statement.of(sql, body("", new byte[0])).endsTheProcess()).isTrue();
    }

    @Test
    void shouldSuspectSeveralStatementsOnlyWhereASemicolonIsInside() throws IOException {
        assertThat(Statement.of("SELECT 1; SELECT 2", body("", new byte[0])).mayHoldSeveral())
                .isTrue();
        assertThat(Statement.of("SELECT 1;\n", body("", new byte[0])).mayHoldSeveral())
                .isFalse();
        assertThat(Statement.of("INSERT INTO t VALUES ('a;b')", body("", new byte[0]))
                        .mayHoldSeveral())
                .isFalse();
    }

    private static ByteArrayInputStream body(String sql, byte[] rows) {
        byte[] head = sql.getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(head, head.length + rows.length);
        System.arraycopy(rows, 0, all, head.length, rows.length);
        return new ByteArrayInputStream(all);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
