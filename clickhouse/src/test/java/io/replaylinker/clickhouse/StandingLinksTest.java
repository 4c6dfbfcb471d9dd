package io.replaylinker.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.Method;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class StandingLinksTest {

    @Test
    void shouldCopyALinkWithAllThatItSays() {
        Link link = SampleLinks.link(3);

        Link copy = StandingLinks.copy(link, 77, true);

        assertThat(copy.getVersion()).isEqualTo(77);
        assertThat(copy.getDeleted()).isTrue();
        copy.setVersion(link.getVersion());
        copy.setDeleted(link.getDeleted());
        assertThat(copy).isEqualTo(SampleLinks.link(3)).isEqualTo(link);
    }

    @Test
    void shouldReadEveryMethodAndOneThatIsNotInUseAnyMore() {
        for (Method method : Method.values()) {
            assertThat(StandingLinks.method(method.name().toLowerCase(Locale.ROOT)))
                    .isEqualTo(method);
        }
        assertThat(StandingLinks.method("flag")).isEqualTo(Method.UNKNOWN);
    }

    @Test
    void shouldFindLinksAlikeThatDifferInTheirVersionsAlone() {
        Link link = SampleLinks.link(3);
        Link later = StandingLinks.copy(link, 77, true);
        later.setLinkedAtMs(link.getLinkedAtMs() + 1);
        Link other = StandingLinks.copy(link, link.getVersion(), link.getDeleted());
        other.setRetentionDays(link.getRetentionDays() + 1);

        assertThat(StandingLinks.alike(link, later)).isTrue();
        assertThat(StandingLinks.alike(link, other)).isFalse();
    }
}
