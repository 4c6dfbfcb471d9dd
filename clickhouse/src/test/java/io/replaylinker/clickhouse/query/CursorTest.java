package io.replaylinker.clickhouse.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    private static final String ID = "1a2b3c4d5e6f70818293a4b5c6d7e8f9";

    @ParameterizedTest
    @ValueSource(longs = {0, 1_772_600_767_890L, 4_294_967_295_000L})
    void shouldComeBackFromItsToken(long timeMs) {
        Cursor cursor = new Cursor(Cursor.Order.REPLAYS, timeMs, ID);

        assertThat(Cursor.parse(cursor.token(), Cursor.Order.REPLAYS)).contains(cursor);
        assertThat(cursor.token()).matches("[0-9a-z-]+");
    }

    @Test
    void shouldComeBackFromItsTokenOfAnOccurrence() {
        Cursor cursor = new Cursor(Cursor.Order.EVENTS, 5, ID, true);

        assertThat(Cursor.parse(cursor.token(), Cursor.Order.EVENTS)).contains(cursor);
        assertThat(cursor.token()).isEqualTo("e5-" + ID + "o");
    }

    @Test
    void shouldKeepTheFormOfATokenThatSomebodyHolds() {
        assertThat(new Cursor(Cursor.Order.EVENTS, 1_772_600_767_890L, ID).token())
                .isEqualTo("emmbkqa36-" + ID);
    }

    @Test
    void shouldRefuseATokenOfAnotherOrder() {
        String token = new Cursor(Cursor.Order.EVENTS, 5, ID).token();

        assertThat(Cursor.parse(token, Cursor.Order.REPLAYS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "r5-1a2b",
                "rzzzzzzzzzzzzz-1a2b3c4d5e6f70818293a4b5c6d7e8f9",
                "r-1a2b3c4d5e6f70818293a4b5c6d7e8f9"
            })
    void shouldRefuseWhatIsNoToken(String token) {
        assertThat(Cursor.parse(token, Cursor.Order.REPLAYS)).isEmpty();
    }

    @Test
    void shouldRefuseATimeBefore1970() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Cursor(Cursor.Order.EVENTS, -1, ID));
    }

    @Test
    void shouldEndAPageWithItsLastRowWhenMoreFollow() {
        Page<Long> page = Page.of(List.of(1L, 2L, 3L), 2, time -> new Cursor(Cursor.Order.EVENTS, time, ID));

        assertThat(page.rows()).containsExactly(1L, 2L);
        assertThat(page.next()).isEqualTo(new Cursor(Cursor.Order.EVENTS, 2, ID));
        assertThat(Page.of(List.of(1L, 2L), 2, time -> new Cursor(Cursor.Order.EVENTS, time, ID))
                        .next())
                .isNull();
    }
}
