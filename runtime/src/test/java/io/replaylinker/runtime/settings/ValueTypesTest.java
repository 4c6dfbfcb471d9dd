package io.replaylinker.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replaylinker.schemas.Method;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTypesTest {

    private static final ValueType<ByteSize> SIZES = ValueTypes.bytes(new ByteSize(16L << 20), new ByteSize(2L << 30));

    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "30s,PT30S", "15m,PT15M", "2h,PT2H", "7d,PT168H", "90 s,PT1M30S"})
    void shouldReadDurationsWithTheirUnits(String text, Duration expected) {
        assertThat(ValueTypes.duration(Duration.ZERO, Duration.ofDays(7)).read(text))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"15", "m", "-1s", "8d", "15 minutes", "99999999999d", "1.5h"})
    void shouldRefuseWhatIsNoDurationOrOutsideTheRange(String text) {
        assertThatThrownBy(() ->
                        ValueTypes.duration(Duration.ZERO, Duration.ofDays(7)).read(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"PT0.5S,500ms", "PT30S,30s", "PT15M,15m", "PT90M,90m", "PT48H,2d", "PT0S,0s"})
    void shouldShowDurationsAsOneWouldWriteThem(Duration duration, String expected) {
        assertThat(ValueTypes.show(duration)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"64m,67108864", "1g,1073741824", "1G,1073741824", "65536k,67108864", "96 M,100663296"})
    void shouldReadSizesWithTheirUnits(String text, long bytes) {
        assertThat(SIZES.read(text)).isEqualTo(new ByteSize(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"268435456", "m", "-64m", "1.5g", "64mb", "15m", "3g", "999999999g", "64 000k"})
    void shouldRefuseWhatIsNoSizeOrOutsideTheRange(String text) {
        assertThatThrownBy(() -> SIZES.read(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"268435456,256m", "1073741824,1g", "1610612736,1536m", "1023,1023", "2048,2k", "0,0"})
    void shouldShowSizesAsOneWouldWriteThem(long bytes, String expected) {
        assertThat(ValueTypes.show(new ByteSize(bytes))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "events:xml", ":avro", "a b:avro", "events:avro,events:avro", "", "events:avro,"})
    void shouldRefuseSourcesWithoutAFormatOrTwice(String text) {
        assertThatThrownBy(() -> ValueTypes.sourceTopics().read(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "replay_id,unknown", "id"})
    void shouldRefuseMethodsThatAreNone(String text) {
        assertThatThrownBy(() -> ValueTypes.methods().read(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldReadTheKindsOfSingleProjects() {
        assertThat(ValueTypes.methodsByProject().read("22:replay_id+trace, 33:none"))
                .isEqualTo(Map.of(22L, Set.of(Method.REPLAY_ID, Method.TRACE), 33L, Set.of()));
    }

    @Test
    void shouldShowTheKindsOfSingleProjectsAsOneWouldWriteThem() {
        assertThat(ValueTypes.show(ValueTypes.methodsByProject().read("33:none,22:trace+replay_id")))
                .isEqualTo("22:replay_id+trace,33:none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"22", "22:", "x:trace", ":trace", "22:trace,22:span", "22:id", "22:none+trace"})
    void shouldRefuseKindsWithoutAProjectOrTwice(String text) {
        assertThatThrownBy(() -> ValueTypes.methodsByProject().read(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1.1", "-0.5", "NaN", "half"})
    void shouldRefuseAShareOutsideItsRange(String text) {
        assertThatThrownBy(() -> ValueTypes.share().read(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldShowEverySettingsDefaultAsItIsWritten() {
        WorkerSettings.ALL.stream()
                .filter(setting -> setting.defaultText() != null)
                .forEach(ValueTypesTest::assertReadable);
    }

    private static <T> void assertReadable(Setting<T> setting) {
        assertThat(setting.type().read(String.valueOf(setting.defaultText())))
                .as(setting.name())
                .isNotNull();
    }
}
