package io.replaylinker.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.Method;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class CurrentLinksTest {

    @Test
    void shouldCopyALinkWithAllItsFields() {
        Link link = SampleLinks.link(3);

        Link copy = CurrentLinks.copy(link, 77, true);

        assertThat(copy.getVersion()).isEqualTo(77);
        assertThat(copy.getDeleted()).isTrue();
        copy.setVersion(link.getVersion());
        copy.setDeleted(link.getDeleted());
        assertThat(copy).isEqualTo(SampleLinks.link(3)).isEqualTo(link);
    }

    @Test
    void shouldReadEveryMethodAndOneThatIsNotInUseAnyMore() {
        for (Method method : Method.values()) {
            assertThat(CurrentLinks.method(method.name().toLowerCase(Locale.ROOT)))
                    .isEqualTo(method);
        }
        assertThat(CurrentLinks.method("flag")).isEqualTo(Method.UNKNOWN);
    }

    @Test
    void shouldFindLinksAlikeThatDifferInTheirVersionsAlone() {
        Link link = SampleLinks.link(3);
        Link later = CurrentLinks.copy(link, 77, true);
        later.setLinkedAtMs(link.getLinkedAtMs() + 1);
        Link other = CurrentLinks.copy(link, link.getVersion(), link.getDeleted());
        other.setRetentionDays(link.getRetentionDays() + 1);

        assertThat(CurrentLinks.alike(link, later)).isTrue();
        assertThat(CurrentLinks.alike(link, other)).isFalse();
    }
}
