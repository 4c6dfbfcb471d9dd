package io.replaylinker.clickhouse;

import io.replaylinker.embedded.ClickHouseServer;
import io.replaylinker.testkit.containers.Platform;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A test on a ClickHouse server, once for each platform that there is here. */
@ParameterizedClass
@EnumSource(Platform.class)
abstract class OnClickHouse {

    private static final Started STARTED = new Started();

    @SuppressWarnings("NullAway.Init")
    private static ClickHouseServer server;

    /** JUnit hands the platform to the methods around a run only if the class takes it as well. */
    @Parameter
    @SuppressWarnings({"NullAway.Init", "UnusedVariable"})
    Platform platform;

    @BeforeParameterizedClassInvocation
    static void startServer(Platform platform) {
        server = STARTED.with(platform.startClickHouse());
    }

    @AfterParameterizedClassInvocation
    static void stopServer() throws Exception {
        STARTED.stop();
    }

    static ClickHouseServer server() {
        return server;
    }
}
