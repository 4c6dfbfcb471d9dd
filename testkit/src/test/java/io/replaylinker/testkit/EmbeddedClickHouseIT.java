package io.replaylinker.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.data.ClickHouseFormat;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddedClickHouseIT {
    @Test
    void shouldWorkWithJdbc() throws Exception {
        long t0 = System.nanoTime();
        try (EmbeddedClickHouse server = EmbeddedClickHouse.start()) {
            System.out.println("start ms " + (System.nanoTime() - t0) / 1_000_000);
            try (Connection c = DriverManager.getConnection(
                    server.jdbcUrl("default") + "?clickhouse_setting_async_insert=0&decompress=true", "default", "")) {
                try (Statement s = c.createStatement()) {
                    s.execute("CREATE DATABASE d1");
                    s.execute(
                            "CREATE TABLE d1.t (id FixedString(16), a UInt64, at DateTime64(3), s String) ENGINE=MergeTree ORDER BY a");
                }
                try (PreparedStatement p =
                        c.prepareStatement("INSERT INTO d1.t (id, a, at, s) VALUES (unhex(?), ?, ?, ?)")) {
                    for (int i = 0; i < 1000; i++) {
                        p.setString(1, "00112233445566778899aabbccddeeff");
                        p.setLong(2, i);
                        p.setObject(3, java.time.LocalDateTime.of(2026, 1, 2, 3, 4, 5, 678_000_000));
                        p.setString(4, "it's; {fn} \\ \n\n ?");
                        p.addBatch();
                    }
                    p.executeBatch();
                }
                try (Statement s = c.createStatement();
                        ResultSet r = s.executeQuery("SELECT hex(id) h, a, at, s FROM d1.t ORDER BY a DESC LIMIT 1")) {
                    r.next();
                    System.out.println(
                            r.getString(1) + " " + r.getLong(2) + " " + r.getObject(3) + " " + r.getString(4));
                }
                assertThatThrownBy(() -> c.createStatement().execute("SELECT 1 FROM nosuch"))
                        .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getErrorCode())
                                .isEqualTo(60));
            }
            try (Client client = new Client.Builder()
                    .addEndpoint(server.httpUrl())
                    .setUsername("default")
                    .setPassword("")
                    .compressServerResponse(true)
                    .compressClientRequest(true)
                    .build()) {
                ByteBuffer b = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN);
                b.putLong(4711).put((byte) 2).put((byte) 10).put((byte) 10);
                byte[] row = new byte[b.position()];
                b.flip().get(row);
                var response = client.insert(
                                "d1.t",
                                List.of("a", "s"),
                                new ByteArrayInputStream(row),
                                ClickHouseFormat.RowBinary,
                                new InsertSettings().setDeduplicationToken("x"))
                        .get();
                System.out.println("written " + response.getWrittenRows());
                System.out.println(client.queryAll("SELECT s FROM d1.t WHERE a = 4711")
                        .get(0)
                        .getString("s")
                        .length());
            }
            t0 = System.nanoTime();
        }
        System.out.println("close ms " + (System.nanoTime() - t0) / 1_000_000);
    }
}
