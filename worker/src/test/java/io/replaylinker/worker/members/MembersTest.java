package io.replaylinker.worker.members;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.runtime.json.JsonFields;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** A row of the list, by what the group and the member itself say. */
class MembersTest {

    private static final MemberAddress ADDRESS = new MemberAddress("worker-1", 8080);
    private static final TopicPartition FIRST = new TopicPartition("events", 0);
    private static final TopicPartition SECOND = new TopicPartition("events", 1);

    @Test
    void shouldListAMemberThatCannotBeReachedWithItsPartitions() {
        Member away = Members.member(
                ADDRESS,
                false,
                Assigned.of("join", List.of(SECOND, FIRST)),
                new MemberClient.Answer(null, "connection refused"));

        assertThat(JsonFields.document(away::write))
                .contains(
                        "\"address\" : \"worker-1:8080\"",
                        "\"state\" : \"unreachable\"",
                        "\"problem\" : \"connection refused\"",
                        "\"partitions\" : [ 0, 1 ]",
                        "\"uptime_ms\" : null",
                        "\"lag\" : null");
    }

    @Test
    void shouldFindThatTwoWorkersAnnounceOneAddress() {
        List<Assigned> byGroup = Assigned.of("join", List.of(FIRST, SECOND));

        assertThat(Members.member(ADDRESS, false, byGroup, answer("running", FIRST))
                        .problem())
                .contains("of events", "http.advertised");
        assertThat(Members.member(ADDRESS, false, byGroup, answer("running", FIRST, SECOND))
                        .problem())
                .isNull();
        assertThat(Members.member(ADDRESS, false, byGroup, answer("rebalancing"))
                        .problem())
                .isNull();
    }

    @Test
    void shouldMeasureTheLagOfItsOwnPartitions() {
        Assigned own = Assigned.of("join", List.of(SECOND)).get(0);

        assertThat(own.measured(Map.of(FIRST, 5L, SECOND, 7L)).lag()).isEqualTo(7);
        assertThat(own.measured(Map.of(FIRST, 5L)).lag()).isZero();
        assertThat(own.measured(Map.of()).lag()).isNull();
    }

    private static MemberClient.Answer answer(String state, TopicPartition... partitions) {
        return new MemberClient.Answer(
                new MemberReport(null, List.of(), state, 0, Assigned.of("join", List.of(partitions)), null, 0), null);
    }
}
