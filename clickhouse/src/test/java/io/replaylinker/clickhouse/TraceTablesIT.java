package io.replaylinker.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.clickhouse.query.Answer;
import io.replaylinker.clickhouse.query.ContextNode;
import io.replaylinker.clickhouse.query.Contexts;
import io.replaylinker.clickhouse.query.ErrorStory;
import io.replaylinker.clickhouse.query.Filter;
import io.replaylinker.clickhouse.query.IdPrefix;
import io.replaylinker.clickhouse.query.IssueCriteria;
import io.replaylinker.clickhouse.query.IssueHit;
import io.replaylinker.clickhouse.query.SegmentSpans;
import io.replaylinker.clickhouse.query.TraceContext;
import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.TraceNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Trees of traces, details of errors and issues, from the sink's rows to the answers. */
class TraceTablesIT extends OnLookup {

    private static final String TRACE = hex(SampleNodes.TRACE);
    private static final DocumentedQueries QUERIES = new DocumentedQueries();
    private static final int MOST = 1_000;
    private static final long ISSUE = 5;
    private static final long OTHER = 6;

    /** Organizations are known from replays and outcomes. */
    @BeforeEach
    void makeTheOrganizationKnown() {
        insert(SampleReplayStates.replayState(0));
    }

    @Test
    void shouldFindATraceByItsIdAndThatOfAnEventSpanOrReplayInIt() {
        insertNodes(SampleNodes.call(1, 0, 10_000), SampleNodes.error(2, 1, ISSUE, "KeyError", "price"));
        insertLinks(List.of(linkOnTrace(2, 10_000)));

        assertThat(List.of(
                        TRACE,
                        TRACE.substring(0, 8) + "-" + TRACE.substring(8, 16),
                        hex(SampleLinks.id(1)),
                        hex(SampleLinks.id(2)).substring(0, 16),
                        hexSpan(1),
                        REPLAY))
                .allSatisfy(id -> assertThat(trace(id).nodes())
                        .extracting(node -> node.isCall() ? node.name() : node.title())
                        .containsExactly("GET /1", "KeyError: price"));
    }

    @Test
    void shouldShowWhereInItsReplayANodeLies() {
        insertNodes(SampleNodes.call(1, 0, 10_000), SampleNodes.error(2, 1, ISSUE, "KeyError", "price"));
        insertLinks(List.of(linkOnTrace(2, 10_000)));

        TraceContext.Trace trace = trace(TRACE);

        assertThat(trace.replays()).extracting(replay -> replay.replayId()).containsExactly(REPLAY);
        assertThat(node(trace, 1).offset()).isNull();
        assertThat(node(trace, 2).offset()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void shouldShowTheLinkedEventsWhereNoNodesAreKept() {
        insertLinks(List.of(linkOnTrace(2, 10_000)));

        TraceContext.Trace trace = trace(TRACE);

        assertThat(trace.nodes()).singleElement().satisfies(node -> {
            assertThat(node.eventId()).isEqualTo(hex(SampleLinks.id(2)));
            assertThat(node.replay()).isNotNull();
        });
    }

    @Test
    void shouldHideTheReplayThatAUserDeleted() {
        insertNodes(SampleNodes.error(2, 1, ISSUE, "KeyError", "price"));
        insertLinks(List.of(linkOnTrace(2, 10_000)));
        insert(SampleReplayStates.builder(0).setArchived(true).build());

        TraceContext.Trace trace = trace(TRACE);

        assertThat(trace.replays()).isEmpty();
        assertThat(trace.nodes()).singleElement().satisfies(node -> assertThat(node.replay())
                .isNull());
    }

    @Test
    void shouldCountANodeOnceThatIsDeliveredAgain() {
        insertNodes(SampleNodes.call(1, 0, 10_000), SampleNodes.error(2, 1, ISSUE, "KeyError", "price"));
        insertNodes(SampleNodes.error(2, 1, ISSUE, "KeyError", "price"), SampleNodes.call(1, 0, 10_000));

        assertThat(trace(TRACE).nodes()).hasSize(2);
        assertThat(found(contexts().issue(ISSUE, null)))
                .extracting(IssueHit::events)
                .containsExactly(1L);
    }

    @Test
    void shouldShowNothingOfAnotherOrganization() {
        TraceNode foreign = SampleNodes.node(
                SampleNodes.onTrace(SampleLinks.event(9).setOrganizationId(2).setType("transaction"), 9, 1));
        insertNodes(SampleNodes.call(1, 0, 10_000), foreign);
        insert(SampleReplayStates.builder(7).setOrganizationId(2).build());

        assertThat(found(contexts().trace(new IdPrefix(TRACE), 1L, MOST))
                        .traces()
                        .get(0)
                        .nodes())
                .extracting(ContextNode::organizationId)
                .containsExactly(1L);
        assertThat(contexts().trace(new IdPrefix(hex(SampleLinks.id(9))), 1L, MOST))
                .isInstanceOf(Answer.Unknown.class);
    }

    @Test
    void shouldReadTheFirstNodesOfAHugeTraceAndCountTheOthers() {
        List<TraceNode> many = new ArrayList<>();
        for (int i = 1; i <= 500; i++) {
            many.add(SampleNodes.call(i, 0, 10_000 + i));
        }
        many.add(SampleNodes.error(900, 1, ISSUE, "KeyError", "price"));
        insertNodes(many.toArray(TraceNode[]::new));

        TraceContext.Trace trace =
                found(contexts().trace(new IdPrefix(TRACE), null, 20)).traces().get(0);

        assertThat(trace.nodes()).hasSize(20);
        assertThat(trace.nodes().get(0).name()).isEqualTo("GET /1");
        assertThat(trace.nodeCount()).isEqualTo(501);
        assertThat(trace.errorCount()).isEqualTo(1);
    }

    @Test
    void shouldNameTheSegmentOfASpanThatANodeHangsOn() {
        TraceNode caller = SampleNodes.call(1, 0, 10_000);
        caller.setSpans(List.of(
                SampleNodes.inner(0x51, SampleLinks.spanId(1), "http.client", 9_100, 800),
                SampleNodes.inner(0x52, SampleLinks.spanId(1), "db", 9_000, 50)));
        insertNodes(caller, SampleNodes.call(2, 0x51, 9_900));

        assertThat(trace(TRACE).inner()).containsExactly(new TraceContext.InnerSpan(1, hexSpan(0x51), hexSpan(1)));
    }

    @Test
    void shouldReadTheSpansInsideACall() {
        TraceNode caller = SampleNodes.call(1, 0, 10_000);
        caller.setSpans(List.of(
                SampleNodes.inner(0x52, SampleLinks.spanId(0x51), "db", 9_200, 50),
                SampleNodes.inner(0x51, SampleLinks.spanId(1), "http.client", 9_100, 800)));
        insertNodes(caller);

        SegmentSpans spans = contexts().spans(TRACE, node(trace(TRACE), 1));

        assertThat(spans.spans()).extracting(SegmentSpans.Span::op).containsExactly("http.client", "db");
        assertThat(spans.spans().get(1).parentSpanId()).isEqualTo(hexSpan(0x51));
        assertThat(spans.spans().get(0).durationMs()).isEqualTo(800);
    }

    @Test
    void shouldKeepEveryFieldOfAnError() {
        insertNodes(SampleNodes.error(2, 1, ISSUE, "KeyError", "price"));
        insertLinks(List.of(linkOnTrace(2, 10_000)));

        ErrorStory error = found(contexts().error(new IdPrefix(hex(SampleLinks.id(2))), Filter.page(1)));

        assertThat(error.type()).isEqualTo("KeyError");
        assertThat(error.value()).isEqualTo("price");
        assertThat(error.culprit()).isEqualTo("cart in checkout");
        assertThat(error.handled()).isFalse();
        assertThat(error.groupId()).isEqualTo(ISSUE);
        assertThat(error.release()).isEqualTo("api@1");
        assertThat(error.traceId()).isEqualTo(TRACE);
        assertThat(error.frames())
                .containsExactly(
                        new ErrorStory.Frame("checkout", "cart/service.py", 12, true),
                        new ErrorStory.Frame("main", "app.py", 3, true));
        assertThat(error.links()).extracting(link -> link.replayId()).containsExactly(REPLAY);
    }

    @Test
    void shouldKeepAnErrorWithoutTraceFramesOrType() {
        EventSummary.Builder event = SampleLinks.event(3);
        TraceNode bare = SampleNodes.node(event);
        bare.setError(SampleNodes.error(3, 1, ISSUE, "", "stock low").getError());
        bare.getError().setFrames(List.of());
        bare.getError().setHandled(null);
        insertNodes(bare);

        ErrorStory error = found(contexts().error(new IdPrefix(hex(SampleLinks.id(3))), Filter.page(1)));

        assertThat(error.type()).isEmpty();
        assertThat(error.handled()).isNull();
        assertThat(error.frames()).isEmpty();
        assertThat(error.traceId()).isEmpty();
        assertThat(error.groupId()).isZero();
    }

    @Test
    void shouldFindIssuesByTextTypeFunctionAndFile() {
        insertNodes(
                SampleNodes.error(2, 1, ISSUE, "KeyError", "no price for 7"),
                SampleNodes.error(3, 1, OTHER, "ValueError", "negative"));
        insertLinks(List.of(linkOnTrace(2, 10_000)));

        assertThat(issues(new IssueCriteria("PRICE", null, null, null))).containsExactly(ISSUE);
        assertThat(issues(new IssueCriteria("CHECKOUT", null, null, null))).containsExactlyInAnyOrder(ISSUE, OTHER);
        assertThat(issues(new IssueCriteria(null, "ValueError", null, null))).containsExactly(OTHER);
        assertThat(issues(new IssueCriteria(null, "valueerror", null, null))).isEmpty();
        assertThat(issues(new IssueCriteria(null, null, "main", "app.py"))).containsExactlyInAnyOrder(ISSUE, OTHER);
        assertThat(issues(new IssueCriteria(null, null, "main", "cart/service.py")))
                .isEmpty();
        assertThat(issues(new IssueCriteria(null, null, null, "src/shop/cart/service.py")))
                .hasSize(2);
        assertThat(issues(new IssueCriteria(null, null, null, "a/b/c/cart/service.py")))
                .isEmpty();
        assertThat(found(contexts().issues(new IssueCriteria("price", null, null, null), Filter.page(1))))
                .singleElement()
                .satisfies(hit -> {
                    assertThat(hit.replays()).isEqualTo(1);
                    assertThat(hit.latestReplay()).isEqualTo(REPLAY);
                    assertThat(hit.function()).isEqualTo("checkout");
                });
    }

    @Test
    void shouldFollowAMergeWhicheverArrivesFirst() {
        insertNodes(SampleNodes.error(2, 1, ISSUE, "KeyError", "price"));
        insertNodes(SampleNodes.change("end_merge", 20_000, List.of(ISSUE), OTHER, List.of(), List.of()));
        insertNodes(SampleNodes.error(3, 1, ISSUE, "KeyError", "price"));

        assertThat(found(contexts().issue(OTHER, null))).singleElement().satisfies(hit -> assertThat(hit.events())
                .isEqualTo(2));
        assertThat(issues(new IssueCriteria("price", null, null, null))).containsExactly(OTHER);
        assertThat(trace(TRACE).nodes()).extracting(ContextNode::groupId).containsExactly(OTHER, OTHER);
    }

    @Test
    void shouldFollowASplitOfTheErrorsWithAHash() {
        TraceNode otherHash = SampleNodes.error(3, 1, ISSUE, "KeyError", "price");
        otherHash.setPrimaryHash(SampleLinks.id(0xDEF));
        insertNodes(SampleNodes.error(2, 1, ISSUE, "KeyError", "price"), otherHash);
        insertNodes(
                SampleNodes.change("end_unmerge", 20_000, List.of(ISSUE), OTHER, List.of(SampleNodes.HASH), List.of()));

        assertThat(node(trace(TRACE), 2).groupId()).isEqualTo(OTHER);
        assertThat(node(trace(TRACE), 3).groupId()).isEqualTo(ISSUE);
        assertThat(found(contexts().issue(ISSUE, null)))
                .extracting(IssueHit::events)
                .contains(1L);
    }

    @Test
    void shouldForgetWhatWasDeleted() {
        insertNodes(
                SampleNodes.error(2, 1, ISSUE, "KeyError", "price"),
                SampleNodes.error(3, 1, OTHER, "KeyError", "price"),
                SampleNodes.call(4, 0, 9_000));
        insertNodes(
                SampleNodes.change("end_delete_groups", 20_000, List.of(ISSUE), 0, List.of(), List.of()),
                SampleNodes.change("tombstone_events", 20_000, List.of(), 0, List.of(), List.of(SampleLinks.id(3))));

        assertThat(trace(TRACE).nodes()).extracting(ContextNode::name).containsExactly("GET /4");
        assertThat(contexts().error(new IdPrefix(hex(SampleLinks.id(2))), Filter.page(1)))
                .isInstanceOf(Answer.Unknown.class);
        assertThat(contexts().error(new IdPrefix(hex(SampleLinks.id(3))), Filter.page(1)))
                .isInstanceOf(Answer.Unknown.class);
        assertThat(issues(new IssueCriteria("price", null, null, null))).isEmpty();
    }

    @Test
    void shouldFindTheTracesOfAnIssueNewestFirst() {
        TraceNode later = SampleNodes.error(3, 1, ISSUE, "KeyError", "price");
        later.setTraceId(SampleLinks.id(0x8888));
        later.getEvent().setTraceId(SampleLinks.id(0x8888));
        later.getEvent().setTimestampMs(SampleLinks.START_MS + 11_000);
        insertNodes(SampleNodes.error(2, 1, ISSUE, "KeyError", "price"), later);

        assertThat(found(contexts().tracesOfIssue(ISSUE, null)))
                .extracting(TraceContext.Trace::traceId)
                .containsExactly(hex(SampleLinks.id(0x8888)), TRACE);
    }

    @Test
    void shouldFindTheTracesOfAMergedIssueByEitherNumberAndOfADeletedOneByNone() {
        insertNodes(SampleNodes.error(2, 1, ISSUE, "KeyError", "price"));
        insertNodes(SampleNodes.change("end_merge", 20_000, List.of(ISSUE), OTHER, List.of(), List.of()));

        assertThat(found(contexts().tracesOfIssue(ISSUE, null)))
                .isEqualTo(found(contexts().tracesOfIssue(OTHER, null)))
                .hasSize(1);

        insertNodes(SampleNodes.change("end_delete_groups", 30_000, List.of(OTHER), 0, List.of(), List.of()));

        assertThat(contexts().tracesOfIssue(ISSUE, null)).isInstanceOf(Answer.Unknown.class);
    }

    @Test
    void shouldAnswerTheDocumentedQueries() {
        insertNodes(
                SampleNodes.call(1, 0, 10_000),
                SampleNodes.error(2, 1, ISSUE, "KeyError", "price"),
                SampleNodes.error(3, 1, OTHER, "KeyError", "name"));
        insertNodes(SampleNodes.error(2, 1, ISSUE, "KeyError", "price"));

        assertThat(ask("trace nodes", Map.of("trace", TRACE)))
                .hasSize(3)
                .anySatisfy(row -> assertThat(row).contains(hex(SampleLinks.id(1)), "http.server", "GET /1"))
                .anySatisfy(row -> assertThat(row).contains(hex(SampleLinks.id(2)), "KeyError: price"));
        assertThat(ask("latest issues", Map.of("project", SampleNodes.PROJECT)))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row).contains("KeyError", "checkout", "cart/service.py"));
        assertThat(ask("errors of an issue", Map.of("issue", ISSUE)))
                .singleElement()
                .asString()
                .contains(hex(SampleLinks.id(2)), TRACE, "KeyError", "price");
    }

    private List<String> ask(String query, Map<String, ?> parameters) {
        return QUERIES.ask(database, query, parameters);
    }

    private void insertNodes(TraceNode... nodes) {
        tables.insertNodes(List.of(nodes));
    }

    private Contexts contexts() {
        return lookup.contexts();
    }

    private TraceContext.Trace trace(String id) {
        List<TraceContext.Trace> traces = found(
                        contexts().trace(IdPrefix.parse(id).orElseThrow(), null, MOST))
                .traces();
        assertThat(traces).hasSize(1);
        return traces.get(0);
    }

    private static ContextNode node(TraceContext.Trace trace, long number) {
        String id = hex(SampleLinks.id(number));
        return trace.nodes().stream()
                .filter(node -> node.eventId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private List<Long> issues(IssueCriteria criteria) {
        Answer<List<IssueHit>> answer = contexts().issues(criteria, Filter.page(1));
        @Nullable List<IssueHit> hits = answer instanceof Answer.Found<List<IssueHit>> found ? found.value() : null;
        return hits == null ? List.of() : hits.stream().map(IssueHit::groupId).toList();
    }

    private static String hex(Id id) {
        return HexFormat.of().formatHex(id.bytes());
    }

    private static String hexSpan(long number) {
        return HexFormat.of().formatHex(SampleLinks.spanId(number).bytes());
    }
}
