package io.replaylinker.clickhouse;

import io.replaylinker.embedded.ClickHouseServer;
import io.replaylinker.testkit.containers.Platform;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A test on a ClickHouse server, once for each platform that there is here. */
@ParameterizedClass
@EnumSource(Platform.class)
abstract class OnClickHouse {

    @SuppressWarnings("NullAway.Init")
    private static ClickHouseServer server;

    /** JUnit hands the platform to the methods around a run only if the class takes it as well. */
    @Parameter
    @SuppressWarnings({"NullAway.Init", "UnusedVariable"})
    Platform platform;

    @BeforeParameterizedClassInvocation
    static void findServer(Platform platform) {
        server = platform.sharedClickHouse();
    }

    static ClickHouseServer server() {
        return server;
    }
}
