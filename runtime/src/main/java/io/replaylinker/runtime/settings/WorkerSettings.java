package io.replaylinker.runtime.settings;

import static io.replaylinker.runtime.settings.ValueTypes.bytes;
import static io.replaylinker.runtime.settings.ValueTypes.duration;
import static io.replaylinker.runtime.settings.ValueTypes.integer;
import static io.replaylinker.runtime.settings.ValueTypes.key;
import static io.replaylinker.runtime.settings.ValueTypes.methods;
import static io.replaylinker.runtime.settings.ValueTypes.methodsByProject;
import static io.replaylinker.runtime.settings.ValueTypes.oneOf;
import static io.replaylinker.runtime.settings.ValueTypes.share;
import static io.replaylinker.runtime.settings.ValueTypes.someOf;
import static io.replaylinker.runtime.settings.ValueTypes.sourceTopics;
import static io.replaylinker.runtime.settings.ValueTypes.sourceTopicsOrNone;
import static io.replaylinker.runtime.settings.ValueTypes.topic;
import static io.replaylinker.runtime.settings.ValueTypes.yesOrNo;

import io.replaylinker.schemas.Method;
import io.replaylinker.topology.join.SharedTrace;
import io.replaylinker.topology.join.Tenancy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The table of all settings of the worker, in the order of the data's way; those of the servers around it have tables of their own,
 * which {@link #GROUPS} gathers. Names are promises to users.
 */
public final class WorkerSettings {

    // What it does, and as whom
    public static final Setting<Set<Role>> ROLES = Setting.of(
            "roles",
            someOf(Role.class),
            "join,sink",
            "Roles of this worker: join the streams, write the links, or both.");
    public static final Setting<String> APPLICATION_ID = Setting.of(
            "application.id",
            topic(),
            "replay-linker",
            "Name of the worker's consumer groups and internal topics; all instances of one installation share it.");

    // Sources
    public static final Setting<List<SourceTopic>> EVENTS_TOPICS = Setting.of(
            "events.topics",
            sourceTopics(),
            "events:sentry-json,transactions:sentry-json,generic-events:sentry-json",
            "Topics of events, each with its format. Of the default topics only events must exist.");
    public static final Setting<List<SourceTopic>> SPANS_TOPICS = Setting.of(
            "spans.topics",
            sourceTopicsOrNone(),
            "ingest-spans:sentry-json",
            "Topics of spans, each with its format; none reads no spans. The default may be missing.");
    public static final Setting<List<SourceTopic>> REPLAYS_TOPICS = Setting.of(
            "replays.topics",
            sourceTopics(),
            "ingest-replay-events:sentry-json",
            "Topics of replay segments, each with its format.");

    /** All that is read. */
    public static final List<Setting<List<SourceTopic>>> SOURCES = List.of(EVENTS_TOPICS, SPANS_TOPICS, REPLAYS_TOPICS);

    // The join
    public static final Setting<Duration> WAIT = Setting.of(
            "wait",
            duration(Duration.ofSeconds(1), Duration.ofDays(7)),
            "15m",
            "How long an event waits for its replay.");
    public static final Setting<Duration> MEMORY = Setting.of(
            "memory",
            duration(Duration.ofSeconds(1), Duration.ofDays(7)),
            "90m",
            "How long a replay and its traces are remembered after their last observation.");

    public static final Setting<Boolean> CONFIRM = Setting.of(
            "confirm",
            yesOrNo(),
            "true",
            "Link only to replays of which a segment was seen; false links an explicit id at once, marked unconfirmed.");
    public static final Setting<Set<Method>> METHODS =
            Setting.of("methods", methods(), "replay_id,error_id,span,trace,user", "Methods that may link.");
    public static final Setting<Map<Long, Set<Method>>> METHODS_BY_PROJECT = Setting.of(
            "methods.by-project",
            methodsByProject(),
            null,
            "Methods that may link in single projects, in place of those in methods.");
    public static final Setting<Duration> TRACE_TOLERANCE = Setting.of(
            "trace.tolerance",
            duration(Duration.ZERO, Duration.ofDays(7)),
            "60s",
            "Largest distance in time of an event from its replay to be linked by its trace or its user.");
    public static final Setting<SharedTrace> TRACE_SHARED = Setting.of(
            "trace.shared",
            oneOf(SharedTrace.class),
            "none",
            "Events of a trace that several visits share, and that nothing ties to one of them: none links none of them,"
                    + " nearest those near to one replay in time, at a low confidence.");
    public static final Setting<Integer> TRACE_MAX_VISITS = Setting.of(
            "trace.max-visits",
            integer(1, 10_000),
            "64",
            "A trace with more visits than this, recorded or not, links nothing by itself.");
    public static final Setting<Integer> TRACE_MAX_SPANS = Setting.of(
            "trace.max-spans",
            integer(1, 100_000),
            "2000",
            "A trace with more spans than this within the wait links nothing by itself.");
    public static final Setting<String> USER_HASH_KEY = Setting.secret(
            "user.hash-key",
            key(),
            "Key of the hashes that users and network addresses are compared by, the same in all workers of an installation."
                    + " If not set, a key is created once and kept in Kafka.");
    public static final Setting<Tenancy> TENANCY = Setting.of(
            "tenancy",
            oneOf(Tenancy.class),
            "learn",
            "Check of organizations: single checks nothing, learn checks known ones, strict does not link unknown ones.");
    public static final Setting<Duration> REPLAYS_IDLE_AFTER = Setting.of(
            "replays.idle-after",
            duration(Duration.ofSeconds(1), Duration.ofDays(1)),
            "1m",
            "Time without records after which a partition of the replay stream counts as idle.");

    // Outputs
    public static final Setting<String> LINKS_TOPIC =
            Setting.of("links.topic", topic(), "replay-links", "Topic of the links.");
    public static final Setting<String> UNLINKED_TOPIC = Setting.of(
            "unlinked.topic",
            topic(),
            "replay-unlinked",
            "Topic of the events that claim a replay without a link, and of backend errors without a replay.");
    public static final Setting<String> STATES_TOPIC =
            Setting.of("states.topic", topic(), "replay-states", "Topic of the replay states.");
    public static final Setting<String> DEAD_LETTERS_TOPIC =
            Setting.of("dead-letters.topic", topic(), "replay-dead-letters", "Topic of the dead letters.");
    public static final Setting<Integer> DEAD_LETTERS_HEAD_BYTES = Setting.of(
            "dead-letters.head-bytes",
            integer(0, 4096),
            "0",
            "Number of first bytes of a record in its dead letter; they may hold personal data.");
    public static final Setting<Double> DEAD_LETTERS_MAX_SHARE = Setting.of(
            "dead-letters.max-share",
            share(),
            "1",
            "Largest share of unreadable records among the last 1000; above it the worker stops. 1 for never.");
    public static final Setting<Boolean> CREATE_TOPICS = Setting.of(
            "topics.create",
            yesOrNo(),
            "true",
            "Create missing output topics at the start; false if other tools create topics.");
    public static final Setting<Boolean> CREATE_SOURCE_TOPICS = Setting.of(
            "topics.create-sources",
            yesOrNo(),
            "false",
            "Also create missing source topics, like those of a self-hosted Sentry; for a test without Sentry.");
    public static final Setting<Integer> TOPIC_PARTITIONS = Setting.of(
            "topics.partitions", integer(1, 10_000), "4", "Partitions of the output topics that are created.");
    public static final Setting<Integer> TOPIC_REPLICATION = Setting.of(
            "topics.replication",
            integer(-1, 32),
            "-1",
            "Replicas of the output topics that are created; -1 for the broker's default.");

    public static final Setting<Duration> TOPIC_RETENTION = Setting.of(
            "topics.retention",
            duration(Duration.ofMinutes(1), Duration.ofDays(3650)),
            "7d",
            "How long the output topics that are created keep their records.");

    // How it runs
    public static final Setting<Integer> SHUFFLE_PARTITIONS = Setting.of(
            "shuffle.partitions",
            integer(1, 10_000),
            "4",
            "Partitions of the internal topics, and so the number of tasks of the join. Must not change while there is state.");
    public static final Setting<Integer> THREADS =
            Setting.of("threads", integer(1, 256), "1", "Threads of the join in this process.");
    public static final Setting<Duration> SHUFFLE_RETENTION = Setting.of(
            "shuffle.retention",
            duration(Duration.ofMinutes(1), Duration.ofDays(365)),
            "6h",
            "Retention of the internal topics behind the watermark of the join: what a start reads again, and some to"
                    + " spare. An hour more than wait and memory together at least.");
    public static final Setting<ByteSize> STATE_MEMORY = Setting.of(
            "state.memory",
            bytes(new ByteSize(16L << 20), new ByteSize(1L << 40)),
            "256m",
            "Heap for the state of all partitions. When a partition has used up its share, its oldest rows expire early.");
    public static final Setting<ProcessingGuarantee> PROCESSING_GUARANTEE = Setting.of(
            "processing.guarantee",
            oneOf(ProcessingGuarantee.class),
            "at_least_once",
            "exactly_once_v2 requires brokers that can run transactions, which a single broker with default settings cannot.");

    /** All topics that are written. */
    static final List<Setting<String>> OUTPUTS =
            List.of(LINKS_TOPIC, UNLINKED_TOPIC, STATES_TOPIC, DEAD_LETTERS_TOPIC, TraceContextSettings.TOPIC);

    /** Every setting by its purpose, as the reference lists them. */
    public static final List<SettingsGroup> GROUPS = List.of(
            new SettingsGroup("What it does", "The roles of the process, and its name.", ROLES, APPLICATION_ID),
            new SettingsGroup(
                    "Sources",
                    "The source topics. Each has its own format, so Sentry's topics and those of other systems can be"
                            + " read side by side.",
                    EVENTS_TOPICS,
                    SPANS_TOPICS,
                    REPLAYS_TOPICS,
                    REPLAYS_IDLE_AFTER),
            new SettingsGroup(
                    "The join",
                    "The rules of the links. [join.md](join.md) explains each rule with an example.",
                    WAIT,
                    MEMORY,
                    CONFIRM,
                    METHODS,
                    METHODS_BY_PROJECT,
                    TRACE_TOLERANCE,
                    TRACE_SHARED,
                    TRACE_MAX_VISITS,
                    TRACE_MAX_SPANS,
                    USER_HASH_KEY,
                    TENANCY),
            new SettingsGroup(
                    "Outputs",
                    "The topics that are written, and how they are created where they are missing.",
                    LINKS_TOPIC,
                    UNLINKED_TOPIC,
                    STATES_TOPIC,
                    DEAD_LETTERS_TOPIC,
                    DEAD_LETTERS_HEAD_BYTES,
                    DEAD_LETTERS_MAX_SHARE,
                    CREATE_TOPICS,
                    CREATE_SOURCE_TOPICS,
                    TOPIC_PARTITIONS,
                    TOPIC_REPLICATION,
                    TOPIC_RETENTION),
            TraceContextSettings.GROUP,
            SchemaRegistrySettings.GROUP,
            new SettingsGroup(
                    "How it runs",
                    "Threads, state and guarantees. [operations.md](operations.md) explains how to size them.",
                    SHUFFLE_PARTITIONS,
                    SHUFFLE_RETENTION,
                    THREADS,
                    STATE_MEMORY,
                    PROCESSING_GUARANTEE),
            ClickHouseServerSettings.GROUP,
            SentrySettings.GROUP,
            new SettingsGroup(
                    "HTTP",
                    "Health, metrics and the status page.",
                    HttpSettings.PORT,
                    HttpSettings.BIND,
                    HttpSettings.TOKEN,
                    HttpSettings.ADVERTISED,
                    HttpSettings.UNREADY_AFTER),
            McpSettings.GROUP);

    /** The same in one list. */
    public static final List<Setting<?>> ALL =
            GROUPS.stream().flatMap(group -> group.settings().stream()).toList();

    private WorkerSettings() {}
}
