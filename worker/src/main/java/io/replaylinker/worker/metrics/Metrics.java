package io.replaylinker.worker.metrics;

import static io.replaylinker.worker.metrics.Metric.counter;
import static io.replaylinker.worker.metrics.Metric.gauge;
import static io.replaylinker.worker.metrics.Metric.timer;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of all metrics of the worker. Names and labels are promises to users; their descriptions in Prometheus come from here. */
public final class Metrics {

    private static final List<String> TOPIC = List.of("topic");
    private static final List<String> METHOD = List.of("method");
    private static final List<String> REASON = List.of("reason");
    private static final List<String> STEP = List.of("step");
    private static final List<String> SINK = List.of("sink");
    private static final List<String> NONE = List.of();

    private static final List<Duration> INSERT_BUCKETS = seconds(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60);
    private static final List<Duration> VISIBLE_BUCKETS = seconds(0.5, 1, 2, 3, 5, 10, 30, 60, 300, 900, 3600);

    /** Metrics of the input. */
    public static final List<Metric> INPUT = List.of(
            counter("replay_linker_records", TOPIC, "Records read from a source topic."),
            gauge(
                    "replay_linker_records_time",
                    "seconds",
                    TOPIC,
                    "Timestamp of the record read last, seconds of the epoch."),
            counter(
                    "replay_linker_claims",
                    METHOD,
                    "Events by what their replay is looked for by first: an id of their own, a recorder that names them (`error_id`), or a trace; `none` has no evidence and goes no further. Segment spans are events."),
            counter(
                    "replay_linker_spans",
                    List.of("kind"),
                    "Spans that are no event: `edge` is a client or producer span inside a segment, `classic_segment` a segment that the topic of transactions brings as well. Other segments are claims."),
            counter("replay_linker_replay_observations", NONE, "Replay segments taken in."),
            counter(
                    "replay_linker_control",
                    List.of("topic", "operation"),
                    "Messages that are neither event nor segment, as clicks, merges and deletions."),
            counter(
                    "replay_linker_rejected",
                    List.of("topic", "reason"),
                    "Records that could not be read and became dead letters."),
            counter(
                    "replay_linker_clock_suspect",
                    List.of("topic", "kind"),
                    "Records whose timestamp is `missing`, or more than ten minutes in the `future`; they are bounded."),
            counter(
                    "replay_linker_oddities",
                    List.of("kind"),
                    "Ids that are none, and events that name two replays. Each event is still read for what else it says."));

    /** Metrics of the join's output. */
    public static final List<Metric> JOIN = List.of(
            counter("replay_linker_links", METHOD, "Links told, later corrections of the same link included."),
            counter("replay_linker_retractions", METHOD, "Links taken back."),
            counter(
                    "replay_linker_unlinked",
                    REASON,
                    "Events that name a replay or indicate that there is one, without a link at the end of their wait."),
            counter(
                    "replay_linker_unclaimed",
                    REASON,
                    "Events that claim no replay, or one that was only buffered, without a link at the end of their wait. Backend errors among them are published all the same."),
            gauge(
                    "replay_linker_waiting",
                    "",
                    STEP,
                    "Events that wait: in `resolve` for a visit on their trace, in `choose` for what several places come to, in `confirm` for a segment of their replay."),
            gauge(
                    "replay_linker_waiting_oldest_age",
                    "seconds",
                    STEP,
                    "Age of the one that has waited longest, to some seconds; 0 when none waits."),
            gauge(
                    "replay_linker_watermark",
                    "seconds",
                    STEP,
                    "How far the replay side has come as a whole, seconds of the epoch; NaN for the first half minute after a start. Waits end by this clock."),
            counter("replay_linker_expiry_rows", STEP, "Rows of state looked at because their time was over."),
            gauge(
                    "replay_linker_state",
                    "bytes",
                    STEP,
                    "Heap that the rows of this process take, estimated to a tenth. A partition may take its share of `state.memory`."),
            counter(
                    "replay_linker_state_relieved_rows",
                    STEP,
                    "Rows whose time ended early, because their partition had used up its share of `state.memory`."));

    /** Metrics of the join's process. */
    public static final List<Metric> JOIN_PROCESS = List.of(
            gauge(
                    "replay_linker_join_state",
                    "",
                    List.of("state"),
                    "1 for the state that Kafka Streams is in, 0 for the others. `rebalancing` includes restoring."),
            gauge("replay_linker_join_threads_alive", "", NONE, "Threads of the join that live."),
            counter(
                    "replay_linker_join_threads_died",
                    NONE,
                    "Threads of the join that died of an error; those that may go on are replaced."),
            gauge(
                    "replay_linker_join_since_poll",
                    "seconds",
                    NONE,
                    "Time since the thread that is latest asked Kafka for records."),
            gauge(
                    "replay_linker_join_restoring",
                    "records",
                    NONE,
                    "Blocks of the topics between the steps that are still to be read again before the join goes on."));

    /** Metrics of the sinks. */
    public static final List<Metric> SINKS = List.of(
            counter(
                    "replay_linker_sink_rows",
                    SINK,
                    "Rows acknowledged. After a crash the batches that were on their way count twice."),
            counter("replay_linker_sink_batches", SINK, "Batches acknowledged."),
            counter("replay_linker_sink_bytes", SINK, "Bytes of encoded rows acknowledged."),
            timer("replay_linker_sink_insert", SINK, INSERT_BUCKETS, "Time of an insert that was acknowledged."),
            timer(
                    "replay_linker_sink_visible",
                    SINK,
                    VISIBLE_BUCKETS,
                    "From the timestamp of a record to its row in the table, of each batch the row that took longest. A link has the timestamp of the record that completed it."),
            counter(
                    "replay_linker_sink_errors",
                    List.of("sink", "class"),
                    "Attempts that failed, by what is done about them."),
            counter("replay_linker_sink_set_aside", SINK, "Rows that failed all alone and became dead letters."),
            counter(
                    "replay_linker_sink_undecodable",
                    SINK,
                    "Records of our own topics that could not be decoded; the sink stops at each."),
            gauge(
                    "replay_linker_sink_state",
                    "",
                    List.of("sink", "state"),
                    "1 for the state that the sink is in, 0 for the others."),
            gauge(
                    "replay_linker_sink_circuit_open",
                    "",
                    SINK,
                    "1 while nothing is sent for a long pause because the server has too much to do."),
            gauge(
                    "replay_linker_sink_retrying",
                    "seconds",
                    SINK,
                    "For how long attempts have failed with nothing getting through; 0 when all is well."),
            gauge(
                    "replay_linker_sink_since_round",
                    "seconds",
                    SINK,
                    "Time since the thread of the sink went round; seconds at most, unless it hangs."),
            gauge(
                    "replay_linker_sink_last_success_time",
                    "seconds",
                    SINK,
                    "When the last insert was acknowledged, seconds of the epoch; 0 before the first."),
            counter(
                    "replay_linker_sentry_event_links",
                    List.of("outcome"),
                    "Links by what Sentry was told of them, where `sentry.event-links` is set."));

    /** Metrics of the whole worker. */
    public static final List<Metric> WORKER = List.of(
            gauge("replay_linker_live", "", NONE, "1 when `/livez` answers 200, else 0."),
            gauge("replay_linker_ready", "", NONE, "1 when `/readyz` answers 200, else 0."),
            gauge(
                    "replay_linker_lag",
                    "records",
                    List.of("reader", "topic"),
                    "Records of the topic that the reader's consumer group has yet to commit, all instances together, looked up every 15 s. On an internal topic of the join a record is a block of up to some hundred entries. Missing while Kafka cannot be asked."),
            gauge("replay_linker_build", "", List.of("version"), "Always 1; its label is the release."));

    /** All of them. */
    public static final List<Metric> ALL = Stream.of(INPUT, JOIN, JOIN_PROCESS, SINKS, WORKER)
            .flatMap(List::stream)
            .toList();

    static final Map<String, Metric> BY_METER =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Metric::meter, Function.identity()));

    private Metrics() {}

    private static List<Duration> seconds(double... seconds) {
        return Arrays.stream(seconds)
                .mapToObj(some -> Duration.ofMillis(Math.round(some * 1000)))
                .toList();
    }
}
