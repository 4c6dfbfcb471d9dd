package io.replaylinker.mcp;

import io.replaylinker.clickhouse.ClickHouseSettings;
import io.replaylinker.runtime.answer.SentryLinks;
import java.time.Clock;

/** Endpoints without a ClickHouse. */
final class Endpoints {

    private Endpoints() {}

    /** Nothing listens at the address of its tables. */
    static Endpoint withoutTables() {
        return new Endpoint(
                ClickHouseSettings.of("http://127.0.0.1:1", "shop", "default", ""),
                1L,
                SentryLinks.NONE,
                Clock.systemUTC());
    }

    static String request(String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"%s\",\"params\":%s}".formatted(method, params);
    }

    static String call(String tool, String arguments) {
        return request("tools/call", "{\"name\":\"%s\",\"arguments\":%s}".formatted(tool, arguments));
    }
}
