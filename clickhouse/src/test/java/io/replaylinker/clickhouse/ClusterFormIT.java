package io.replaylinker.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** No cluster runs here; the server at least reads the SQL for one. */
class ClusterFormIT extends OnClickHouse {

    @Test
    void shouldPrintSqlThatTheServerCanRead() {
        TestDatabase database = TestDatabase.named(server());
        List<String> statements = ClusterFormTest.statements(ClusterFormTest.print(new Cluster("main-1", true)));

        assertThat(statements).hasSizeGreaterThan(20).allSatisfy(statement -> assertThat(
                        database.query("EXPLAIN AST " + statement))
                .isNotEmpty());
    }
}
