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
                    "Timestamp of the last record read, in seconds since the epoch."),
            counter(
                    "replay_linker_claims",
                    METHOD,
                    "Events by the first kind of evidence that the join tries: a replay id in the event (`replay_id`), the event's id named by a recorder (`error_id`), or a trace (`trace`). An event of `none` has no evidence and is not joined. Segment spans are events."),
            counter(
                    "replay_linker_spans",
                    List.of("kind"),
                    "Spans that are not events. `edge` is a client or producer span inside a segment. `classic_segment` is a segment that is also on the transactions topic. All other segment spans count as claims."),
            counter("replay_linker_replay_observations", NONE, "Replay segments read."),
            counter(
                    "replay_linker_control",
                    List.of("topic", "operation"),
                    "Messages that are neither events nor replay segments, such as clicks, merges and deletions."),
            counter(
                    "replay_linker_rejected",
                    List.of("topic", "reason"),
                    "Records that could not be decoded. Each one is written to the dead letter topic."),
            counter(
                    "replay_linker_clock_suspect",
                    List.of("topic", "kind"),
                    "Records whose timestamp is `missing` or more than ten minutes in the `future`. A missing one is replaced by that of the record before, a later one by the latest that is accepted."),
            counter(
                    "replay_linker_oddities",
                    List.of("kind"),
                    "Invalid ids in events, and events with two different replay ids. The rest of the event is still used."));

    /** Metrics of the join's output. */
    public static final List<Metric> JOIN = List.of(
            counter("replay_linker_links", METHOD, "Links emitted. A later version of the same link counts again."),
            counter("replay_linker_retractions", METHOD, "Retractions emitted."),
            counter(
                    "replay_linker_unlinked",
                    REASON,
                    "Events that claim a replay and had no link when their wait ended."),
            counter(
                    "replay_linker_unclaimed",
                    REASON,
                    "Events that claim no replay, or a replay that was only buffered, and had no link when their wait ended. Backend errors among them are emitted as well."),
            gauge(
                    "replay_linker_waiting",
                    "",
                    STEP,
                    "Waiting events. In `resolve` an event waits for a visit on its trace, in `choose` for the candidates of all its lookups, in `confirm` for a segment of its replay."),
            gauge(
                    "replay_linker_waiting_oldest_age",
                    "seconds",
                    STEP,
                    "Age of the oldest waiting event, to within a few seconds; 0 when no event waits."),
            gauge(
                    "replay_linker_watermark",
                    "seconds",
                    STEP,
                    "Watermark of the replay stream, in seconds since the epoch. Waits end by this clock. NaN for the first half minute after a start."),
            counter("replay_linker_expiry_rows", STEP, "Expired rows of the state."),
            gauge(
                    "replay_linker_state",
                    "bytes",
                    List.of("step", "kind"),
                    "Estimated heap of the state in this process, within ten percent. `kind` is what it contains: `events`, `observations` of visits and replays, `spans`, `timers` or `other`. Each partition may use its share of `state.memory`."),
            counter(
                    "replay_linker_state_relieved_rows",
                    STEP,
                    "Rows that expired early, because their partition had used up its share of `state.memory`."));

    /** Metrics of the join's process. */
    public static final List<Metric> JOIN_PROCESS = List.of(
            gauge(
                    "replay_linker_join_state",
                    "",
                    List.of("state"),
                    "1 for the current state of Kafka Streams, 0 for all others. `rebalancing` includes the restore."),
            gauge("replay_linker_join_threads_alive", "", NONE, "Stream threads that are alive."),
            counter(
                    "replay_linker_join_threads_died",
                    NONE,
                    "Stream threads that ended with an error. A thread is replaced when the error is recoverable."),
            gauge(
                    "replay_linker_join_since_poll",
                    "seconds",
                    NONE,
                    "Time since the last poll of the stream thread that polled longest ago."),
            gauge(
                    "replay_linker_join_restoring",
                    "records",
                    NONE,
                    "Blocks of the shuffle topics that the restore still has to read."));

    /** Metrics of the sinks. */
    public static final List<Metric> SINKS = List.of(
            counter(
                    "replay_linker_sink_rows",
                    SINK,
                    "Rows that ClickHouse acknowledged. Batches in flight during a crash count twice."),
            counter("replay_linker_sink_batches", SINK, "Batches that ClickHouse acknowledged."),
            counter("replay_linker_sink_bytes", SINK, "Bytes of encoded rows that ClickHouse acknowledged."),
            timer("replay_linker_sink_insert", SINK, INSERT_BUCKETS, "Duration of an acknowledged insert."),
            timer(
                    "replay_linker_sink_visible",
                    SINK,
                    VISIBLE_BUCKETS,
                    "Time from a record's timestamp until its row is in the table. Each batch counts once, with its slowest row. A link has the timestamp of the record that completed it."),
            counter("replay_linker_sink_errors", List.of("sink", "class"), "Failed attempts, by error class."),
            counter(
                    "replay_linker_sink_set_aside",
                    SINK,
                    "Rows that ClickHouse refused in a batch of one. Each one is written to the dead letter topic."),
            counter(
                    "replay_linker_sink_undecodable",
                    SINK,
                    "Records of the output topics that could not be decoded. The sink stops at each one."),
            gauge(
                    "replay_linker_sink_state",
                    "",
                    List.of("sink", "state"),
                    "1 for the current state of the sink, 0 for all others."),
            gauge(
                    "replay_linker_sink_circuit_open",
                    "",
                    SINK,
                    "1 while the sink pauses because the server is overloaded."),
            gauge(
                    "replay_linker_sink_retrying",
                    "seconds",
                    SINK,
                    "Time since attempts began to fail; 0 after a success."),
            gauge(
                    "replay_linker_sink_since_round",
                    "seconds",
                    SINK,
                    "Time since the last iteration of the sink's thread. It stays below a few seconds unless the thread hangs."),
            gauge(
                    "replay_linker_sink_last_success_time",
                    "seconds",
                    SINK,
                    "Time of the last acknowledged insert, in seconds since the epoch; 0 before the first one."),
            counter(
                    "replay_linker_sentry_event_links",
                    List.of("outcome"),
                    "Links by what was sent to Sentry, when `sentry.event-links` is set."));

    /** Metrics of the whole worker. */
    public static final List<Metric> WORKER = List.of(
            gauge("replay_linker_live", "", NONE, "1 when `/livez` answers 200, else 0."),
            gauge("replay_linker_ready", "", NONE, "1 when `/readyz` answers 200, else 0."),
            gauge(
                    "replay_linker_kafka_connected",
                    "",
                    NONE,
                    "1 when a broker has answered within the last 10 s, else 0. Asked every 3 s."),
            gauge("replay_linker_schema_registry_connected", "", NONE, "The same for the schema registry."),
            gauge(
                    "replay_linker_clickhouse_connected",
                    "",
                    NONE,
                    "The same for ClickHouse. Only of a worker with the role `sink`."),
            gauge(
                    "replay_linker_lag",
                    "records",
                    List.of("reader", "topic"),
                    "Records that the consumer group of the reader has not committed yet, over all instances. Updated every 5 s. A record of a shuffle topic is a block of up to a few hundred entries. NaN while Kafka cannot be reached."),
            gauge("replay_linker_build", "", List.of("version"), "Always 1. The label is the release."));

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
