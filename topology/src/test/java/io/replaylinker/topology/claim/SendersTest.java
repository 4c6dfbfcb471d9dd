package io.replaylinker.topology.claim;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.BackendEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SendersTest {

    @ParameterizedTest
    @CsvSource({
        "javascript, sentry.javascript.browser",
        "javascript, sentry.javascript.react",
        "javascript, sentry.javascript.nextjs",
        "javascript, sentry.javascript.react-native",
        "java, sentry.java.android",
        "java, sentry.java.android.react-native",
        "java, sentry.java.android.flutter",
        "java, sentry.java.android.unity",
        "cocoa, sentry.cocoa",
        "cocoa, sentry.cocoa.react-native",
        "native, sentry.native.android",
        "native, sentry.native.android.flutter",
        "dart, sentry.dart.flutter",
        "other, sentry.dart.flutter",
        ", sentry.javascript.browser",
        "android, ",
    })
    void shouldTakeBrowsersAndAppsForClients(@Nullable String platform, @Nullable String sdk) {
        assertThat(Senders.isClient(event(platform, sdk))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "node, sentry.javascript.node",
        "node, sentry.javascript.nextjs",
        "javascript, sentry.javascript.node",
        "javascript, sentry.javascript.deno",
        "javascript, sentry.javascript.cloudflare",
        "javascript, sentry.javascript.bun",
        "javascript, sentry.javascript.vercel-edge",
        "javascript, sentry.javascript.aws-serverless",
        "python, sentry.python.django",
        "java, sentry.java.spring-boot",
        "java, sentry.java",
        "php, sentry.php",
        "csharp, sentry.dotnet.aspnetcore",
        "other, ",
        ", ",
    })
    void shouldTakeServersForServers(@Nullable String platform, @Nullable String sdk) {
        assertThat(Senders.isClient(event(platform, sdk))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pageload", "navigation", "ui.load", "ui.click", "ui.action.click", "browser.paint"})
    void shouldKnowAClientByTheOperation(String op) {
        BackendEvent event = event(null, null);
        event.setOp(op);

        assertThat(Senders.isClient(event)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http.server", "http.server.prefetch", "queue.process"})
    void shouldKnowAServerByTheOperation(String op) {
        BackendEvent event = event("javascript", "sentry.javascript.react");
        event.setOp(op);

        assertThat(Senders.isClient(event)).isFalse();
    }

    @Test
    void shouldKnowAClientByTheOriginOfItsSpan() {
        for (String origin : new String[] {"auto.http.browser", "auto.ui.browser.metrics"}) {
            BackendEvent event = event(null, null);
            event.setOrigin(origin);

            assertThat(Senders.isClient(event)).as(origin).isTrue();
        }
        BackendEvent server = event(null, null);
        server.setOrigin("auto.http.otel.http");
        assertThat(Senders.isClient(server)).isFalse();
    }

    @Test
    void shouldKnowAClientByTheReplayThatItsSpanNames() {
        BackendEvent event = event(null, null);
        event.setAttributeReplayId("0a");

        assertThat(Senders.isClient(event)).isTrue();
    }

    @Test
    void shouldKnowAServerByTheTraceOfItsRequest() {
        BackendEvent traced = event("javascript", null);
        traced.setSentryTrace("07");
        assertThat(Senders.isClient(traced)).isFalse();

        BackendEvent baggage = event("javascript", null);
        baggage.setBaggage("a=b");
        assertThat(Senders.isClient(baggage)).isFalse();
    }

    @Test
    void shouldTakeThePageForAClientThoughItWasServedOnATrace() {
        BackendEvent page = event("javascript", "sentry.javascript.react");
        page.setOp("pageload");
        page.setBaggage("a=b");

        assertThat(Senders.isClient(page)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "pageload, true",
        "navigation, true",
        "ui.load, true",
        "ui.load.initial_display, false",
        "http.client, false",
        ", false"
    })
    void shouldKnowWhereAVisitBegins(@Nullable String op, boolean root) {
        assertThat(Senders.isRoot(op)).isEqualTo(root);
    }

    @ParameterizedTest
    @CsvSource({
        "javascript, true",
        "java, true",
        "native, true",
        "other, true",
        ", true",
        "python, false",
        "node, false",
        "go, false"
    })
    void shouldLetNoRecorderNameErrorsOfServers(@Nullable String platform, boolean mayRecord) {
        assertThat(Senders.mayRecord(event(platform, null))).isEqualTo(mayRecord);
    }

    private static BackendEvent event(@Nullable String platform, @Nullable String sdk) {
        BackendEvent event = new BackendEvent();
        event.setPlatform(platform);
        event.setSdk(sdk);
        return event;
    }
}
