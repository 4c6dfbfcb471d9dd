package io.replaylinker.local.visits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class VisitGeneratorTest {

    private static final long SEED = 7_112_026;

    @Test
    void shouldGiveTheSameTrafficForTheSameSeed() {
        Mix mix = mix("sdk10-blended-50");

        Traffic one = VisitGenerator.generate(mix, SEED);
        Traffic other = VisitGenerator.generate(mix, SEED);

        assertThat(one).isEqualTo(other);
        assertThat(VisitGenerator.generate(mix, SEED + 1).messages()).isNotEqualTo(one.messages());
    }

    @Test
    void shouldTakeEveryTurn() {
        Map<String, Integer> taken = new TreeMap<>();
        for (String name : List.of("sdk10-blended-50", "sdk11-blended-50")) {
            VisitGenerator.generate(mix(name), SEED)
                    .knobs()
                    .forEach((turn, count) -> taken.merge(turn, count, Integer::sum));
        }

        assertThat(taken.keySet())
                .contains(
                        "address only",
                        "another address on servers",
                        "another page",
                        "answered without tracing",
                        "backend error",
                        "baggage of another vendor",
                        "browser error",
                        "buffer flushed",
                        "buffering",
                        "call answered by OpenTelemetry",
                        "call to an OpenTelemetry service",
                        "call to another organization",
                        "copy rendered in advance",
                        "doubled sentry-trace",
                        "error below inner spans that are not sent",
                        "error in an inner span",
                        "error in an inner span that is not sent",
                        "error in the segment",
                        "error without headers",
                        "error without replayId",
                        "fresh trace despite a header",
                        "job in a process without tracing",
                        "known user",
                        "late upload",
                        "navigation inside a page",
                        "page cached",
                        "page from the cache",
                        "page continues an inner span",
                        "page open for twenty minutes",
                        "page own",
                        "page rendered",
                        "phone",
                        "polled while nobody looks",
                        "recorded from the start",
                        "recording never arrives",
                        "retried segment",
                        "second organization",
                        "shared address",
                        "slow message",
                        "trace not sampled",
                        "trace sampled",
                        "user id as a number",
                        "user known to servers only",
                        "work left to a queue");
    }

    @Test
    void shouldWriteJsonInTheOrderOfTheRecords() {
        for (Mix mix : Mixes.all(60)) {
            Traffic traffic = VisitGenerator.generate(mix, SEED);

            traffic.messages()
                    .forEach(message ->
                            assertThat(Dump.read(message.text()).isEmpty()).isFalse());
            assertThat(traffic.messages()).isSortedAccordingTo(Comparator.comparingLong(Message::timestampMs));
            assertThat(topics(traffic)).contains(Message.EVENTS, Message.TRANSACTIONS, Message.SPANS);
        }
    }

    @Test
    void shouldKnowTheTruthOfEachEventOnTheWire() {
        for (Mix mix : Mixes.all(150)) {
            Traffic traffic = VisitGenerator.generate(mix, SEED);
            Set<String> sent = new Dump(traffic.messages()).events.keySet();

            List<String> known =
                    traffic.events().stream().map(TrueEvent::eventId).toList();
            List<String> plain = traffic.plainEvents().stream()
                    .map(Traffic.PlainEvent::eventId)
                    .toList();

            assertThat(known).hasSize(sent.size());
            assertThat(new HashSet<>(known)).isEqualTo(sent);
            assertThat(plain).isEqualTo(known);
        }
    }

    @Test
    void shouldNameSentReplaysOnly() {
        for (Mix mix : Mixes.all(150)) {
            Traffic traffic = VisitGenerator.generate(mix, SEED);
            Set<String> seen = new Dump(traffic.messages()).replays.keySet();

            for (TrueEvent event : traffic.events()) {
                boolean possible = event.replayId() == null
                        ? !event.provable()
                        : event.page() != PageKind.NONE && seen.contains(event.replayId());
                if (!possible) {
                    fail("seed " + SEED + ", " + mix.name() + ": " + event);
                }
            }
        }
    }

    @Test
    void shouldSendNoReplayOfABufferThatWasNeverFlushed() {
        Mix mix = mix("sdk11-own-5");
        Traffic traffic = VisitGenerator.generate(mix, SEED);
        Set<String> seen = new Dump(traffic.messages()).replays.keySet();

        Set<String> buffering = attributes(traffic, node -> node.has("sentry._internal.replay_is_buffering"));

        assertThat(buffering)
                .isNotEmpty()
                .anyMatch(replay -> !seen.contains(replay))
                .anyMatch(seen::contains);
    }

    @Test
    void shouldFreezeTheContextOfSdk10OnPagesThatAServerBegan() {
        Traffic frozen = VisitGenerator.generate(mix("sdk10-rendered-50").withKnobs(onlyPages()), SEED);
        Traffic open = VisitGenerator.generate(mix("sdk11-rendered-50").withKnobs(onlyPages()), SEED);

        assertThat(carried(frozen)).isZero();
        assertThat(carried(open)).isPositive();
    }

    @Test
    void shouldProveMostLinksByTheirTraceWherePagesHaveTheirOwn() {
        Traffic own = VisitGenerator.generate(mix("sdk10-own-50"), SEED);
        Traffic cached = VisitGenerator.generate(mix("sdk10-cached-50"), SEED);

        assertThat(share(own)).isGreaterThan(0.95);
        assertThat(share(cached)).isBetween(0.4, 0.9);
    }

    @Test
    void shouldShowOneTraceToManyVisitsOfACachedPage() {
        Traffic traffic = VisitGenerator.generate(mix("sdk10-cached-5"), SEED);

        long shared = new Dump(traffic.messages())
                .traces.values().stream()
                        .filter(trace -> trace.roots().size() > 4)
                        .count();

        assertThat(shared).isGreaterThan(5);
    }

    @Test
    void shouldGrowWithItsVisitors() {
        Mix mix = mix("sdk10-own-5");

        assertThat(mix.withVisitors(800).hours()).isEqualTo(mix.hours() * 2);
        assertThat(VisitGenerator.generate(mix.withVisitors(800), SEED).events().size())
                .isGreaterThan(VisitGenerator.generate(mix, SEED).events().size() * 3 / 2);
    }

    /** No navigations that begin a trace of their own, no phones, no processes without tracing. */
    private static Knobs onlyPages() {
        Knobs usual = Knobs.usual();
        return new Knobs(
                usual.recording(),
                usual.backend(),
                new Knobs.People(0.35, 0.35, 0.05, 0, 0, 0.2, 0.04, 0, 0),
                usual.network());
    }

    private static Mix mix(String name) {
        return Mixes.all().stream()
                .filter(mix -> mix.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> topics(Traffic traffic) {
        return traffic.messages().stream().map(Message::topic).collect(Collectors.toSet());
    }

    private static long carried(Traffic traffic) {
        return new Dump(traffic.messages())
                .events.values().stream().filter(event -> event.carried != null).count();
    }

    private static double share(Traffic traffic) {
        long linkable = traffic.events().stream()
                .filter(event -> event.replayId() != null)
                .count();
        return (double) traffic.events().stream().filter(TrueEvent::provable).count() / linkable;
    }

    private static Set<String> attributes(Traffic traffic, Predicate<JsonNode> chosen) {
        Set<String> replays = new HashSet<>();
        for (Message message : traffic.messages()) {
            if (message.topic().equals(Message.SPANS)) {
                JsonNode attributes = Dump.read(message.text()).get("attributes");
                if (chosen.test(attributes)) {
                    replays.add(attributes.get("sentry.replay_id").get("value").asText());
                }
            }
        }
        return replays;
    }
}
