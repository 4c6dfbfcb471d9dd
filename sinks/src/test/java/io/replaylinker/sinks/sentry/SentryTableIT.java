package io.replaylinker.sinks.sentry;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.Method;
import io.replaylinker.testkit.containers.Parts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What Sentry's own table returns after its consumer has read the published links. */
@ParameterizedClass
@MethodSource("io.replaylinker.testkit.containers.Parts#onEveryPlatform")
class SentryTableIT {

    /** As Sentry counts: what is materialized in each row, added up over the rows of a replay. */
    private static final String SUM = """
            SELECT replay_id, sum(count_error_events) FROM replays_local WHERE project_id = 11 GROUP BY replay_id""";

    private static final Path MANUAL = Path.of("..", "docs", "operations.md");

    private static final List<String> TRUTH = counts(3, 1);

    private final Parts parts;
    private SentryReplaysTable table;

    SentryTableIT(Parts parts) {
        this.parts = parts;
        parts.kafka();
        parts.clickHouse();
    }

    @BeforeEach
    void createTable() throws SQLException {
        table = SentryReplaysTable.create(parts.clickHouse());
    }

    @AfterEach
    void close() throws SQLException {
        table.close();
    }

    @Test
    void shouldCountEachErrorOnceWithoutRedelivery() throws Exception {
        // Given
        SentryTopic topic = SentryTopic.create(parts.kafka());
        List<byte[]> sent = topic.publishAll("-first", fourLinks(topic));

        // When
        table.consume(sent);

        // Then
        assertThat(table.query(SUM)).containsExactlyInAnyOrderElementsOf(TRUTH);
        assertThat(manualsAnswers()).containsExactlyInAnyOrderElementsOf(TRUTH);
    }

    @Test
    void shouldCountEachErrorOnceAfterRedelivery() throws Exception {
        // Given
        SentryTopic topic = SentryTopic.create(parts.kafka());
        Map<TopicPartition, Long> end = fourLinks(topic);
        List<byte[]> first = topic.publishAll("-first", end);
        List<byte[]> both = topic.publishAll("-second", end);
        assertThat(both).hasSize(2 * first.size());

        // When
        table.consume(first);
        table.consume(both.subList(first.size(), both.size()));

        // Then
        assertThat(table.query(SUM))
                .as("Sentry's own sum, before the table has merged")
                .containsExactlyInAnyOrderElementsOf(counts(6, 2));
        assertThat(manualsAnswers()).containsExactlyInAnyOrderElementsOf(TRUTH);
        table.merge();
        assertThat(table.query(SUM)).as("merged").containsExactlyInAnyOrderElementsOf(TRUTH);
        assertThat(manualsAnswers()).containsExactlyInAnyOrderElementsOf(TRUTH);
    }

    @Test
    void shouldFileEachLevelInItsOwnColumn() throws Exception {
        // Given
        List<byte[]> sent = messages(
                SentryLinks.withLevel(1, 1, "fatal"),
                SentryLinks.withLevel(2, 1, "error"),
                SentryLinks.withLevel(3, 1, "warning"),
                SentryLinks.withLevel(4, 1, "info"),
                SentryLinks.withLevel(5, 1, "debug"));

        // When
        table.consume(sent);

        // Then
        assertThat(table.query("SELECT sum(count_error_events), sum(count_warning_events), sum(count_info_events),"
                        + " any(toUnixTimestamp(timestamp)) FROM replays_local"))
                .containsExactly("2 1 2 " + SentryLinks.EVENT_MS / 1000);
    }

    @Test
    void shouldMeetTheReplayUnderItsOwnProject() throws Exception {
        // Given
        String seenOfProject = """
                SELECT sum(count_error_events) FROM replays_local WHERE project_id = 11
                GROUP BY replay_id HAVING min(segment_id) = 0""";
        table.segment(1, SentryLinks.REPLAY_PROJECT);
        table.consume(List.of(underTheEventsProject(1)));
        assertThat(table.query(seenOfProject)).as("as Sentry files it").containsExactly("0");

        // When
        table.consume(messages(SentryLinks.byTrace(1, 1)));

        // Then
        assertThat(table.query(seenOfProject)).containsExactly("1");
    }

    @Test
    void shouldBeOneRowWithSentrysOwnLinkOnlyInTheSameProject() throws Exception {
        // Given
        Link sameProject = SentryLinks.builder(1, 1)
                .setReplayProjectId(SentryLinks.EVENT_PROJECT)
                .setMethod(Method.REPLAY_ID)
                .build();
        Link otherProject =
                SentryLinks.builder(2, 2).setMethod(Method.REPLAY_ID).build();
        table.consume(List.of(underTheEventsProject(1), underTheEventsProject(2)));

        // When
        table.consume(messages(sameProject, otherProject));

        // Then
        table.merge();
        assertThat(table.query("SELECT replay_id, sum(count_error_events) FROM replays_local GROUP BY replay_id"))
                .as("so all is for an installation in which Sentry makes none")
                .containsExactlyInAnyOrderElementsOf(counts(1, 2));
    }

    /** What each query of the manual that is for any time answers; all of them answer alike. */
    private Set<String> manualsAnswers() throws IOException, SQLException {
        Set<String> answers = new HashSet<>();
        String section = Files.readString(MANUAL).split("\n## Telling Sentry\n", 2)[1];
        String[] queries = section.split("```sql", -1)[1].split("```", -1)[0].split(";", -1);
        assertThat(queries).hasSize(3);
        answers.addAll(table.query(queries[0]));
        answers.addAll(table.query(queries[1]));
        return answers;
    }

    private static List<String> counts(int first, int second) {
        return List.of(
                SentryReplaysTable.uuid(SentryLinks.replayHex(1)) + " " + first,
                SentryReplaysTable.uuid(SentryLinks.replayHex(2)) + " " + second);
    }

    /** Event n of replay n, as Sentry's own producer writes it. */
    private static byte[] underTheEventsProject(long number) throws IOException {
        return EventLinkMessage.of(SentryLinks.builder(number, number)
                .setReplayProjectId(SentryLinks.EVENT_PROJECT)
                .build());
    }

    private static Map<TopicPartition, Long> fourLinks(SentryTopic topic) throws Exception {
        return topic.produce("1 1", "2 1", "3 1", "4 2");
    }

    private static List<byte[]> messages(Link... links) throws IOException {
        List<byte[]> messages = new ArrayList<>();
        for (Link link : links) {
            messages.add(EventLinkMessage.of(link));
        }
        return messages;
    }
}
