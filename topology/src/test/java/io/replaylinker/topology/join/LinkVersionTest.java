package io.replaylinker.topology.join;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LinkVersionTest {

    private static final long MOST_KNOWLEDGE = (1L << 48) - 1;

    @Test
    void shouldPutRulesBeforeChoicesAndChoicesBeforeKnowledge() {
        assertThat(new LinkVersion(1, 0, 0).value())
                .isGreaterThan(new LinkVersion(0, LinkVersion.MAX_REVISION, MOST_KNOWLEDGE).value());
        assertThat(new LinkVersion(0, 1, 0)).isGreaterThan(new LinkVersion(0, 0, MOST_KNOWLEDGE));
        assertThat(new LinkVersion(0, 0, 2)).isGreaterThan(new LinkVersion(0, 0, 1));
    }

    @Test
    void shouldStayBelowTheFinalVersion() {
        assertThat(new LinkVersion(99, 99_999, MOST_KNOWLEDGE).value())
                .isPositive()
                .isLessThan(LinkVersion.FINAL);
    }

    @Test
    void shouldBeReadAsItWasWritten() {
        LinkVersion version = new LinkVersion(7, 512, 123_456_789_012L);

        assertThat(LinkVersion.of(version.value())).isEqualTo(version);
    }

    /** There were no rules in the versions of the first releases, nor that many changes of mind. */
    @Test
    void shouldReadOldVersionsAsTheFirstRules() {
        assertThat(LinkVersion.of((3L << 48) + 17)).isEqualTo(new LinkVersion(0, 3, 17));
    }
}
