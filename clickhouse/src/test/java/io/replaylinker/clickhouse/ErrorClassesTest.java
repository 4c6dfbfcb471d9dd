package io.replaylinker.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorClassesTest {

    @ParameterizedTest
    @ValueSource(
            ints = {
                3, 95, 96, 159, 160, 198, 201, 202, 203, 209, 210, 225, 236, 244, 254, 265, 279, 285, 286, 289, 290,
                297, 319, 335, 341, 364, 373, 384, 394, 416, 425, 439, 999, 1000, 1002, 77_777
            })
    void shouldTryAgainWhatMayPassAndWhatItDoesNotKnow(int code) {
        assertThat(classOf(code)).isEqualTo(ErrorClass.RETRYABLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {164, 242, 243, 252})
    void shouldPauseForALongTimeWhereTryingMakesItWorse(int code) {
        assertThat(classOf(code)).isEqualTo(ErrorClass.CIRCUIT_BREAK);
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 26, 27, 33, 38, 41, 53, 69, 70, 72, 117, 131, 229, 321, 349, 395, 469})
    void shouldSplitWhereSomeRowDoesNotFit(int code) {
        assertThat(classOf(code)).isEqualTo(ErrorClass.SPLIT);
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 20, 36, 47, 48, 50, 60, 62, 73, 81, 115, 192, 193, 194, 195, 497, 516})
    void shouldStopAtWhatSomebodyMustMend(int code) {
        assertThat(classOf(code)).isEqualTo(ErrorClass.PERMANENT);
    }

    @Test
    void shouldHalveABatchThatTakesTooMuchMemory() {
        assertThat(classOf(241)).isEqualTo(ErrorClass.HALVE);
    }

    @Test
    void shouldDistinguishTooManyPartsFromTooManyPartitions() {
        assertThat(ErrorClasses.DEFAULT.of(252, "Too many parts (3000). Merges are slower than inserts"))
                .isEqualTo(ErrorClass.CIRCUIT_BREAK);
        assertThat(ErrorClasses.DEFAULT.of(252, "Too many partitions for single INSERT block (more than 100)"))
                .isEqualTo(ErrorClass.SPLIT);
    }

    @Test
    void shouldDistinguishAStatementThatWasCutOffFromOneThatIsWrong() {
        assertThat(ErrorClasses.DEFAULT.of(62, "Syntax error: failed at position 262144. Max query size exceeded"))
                .isEqualTo(ErrorClass.SPLIT);
    }

    @Test
    void shouldReadClassesOfOnesOwn() {
        ErrorClasses classes = ErrorClasses.parse("241:retry, 252:stop,1001:Circuit-Break");

        assertThat(classes.overrides())
                .isEqualTo(
                        Map.of(241, ErrorClass.RETRYABLE, 252, ErrorClass.PERMANENT, 1001, ErrorClass.CIRCUIT_BREAK));
        assertThat(classes).hasToString("241:retry,252:stop,1001:circuit-break");
        assertThat(classes.of(252, "Too many partitions")).isEqualTo(ErrorClass.PERMANENT);
        assertThat(classes.of(60, "")).isEqualTo(ErrorClass.PERMANENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "241", "241:", "241:sometimes", "0:retry", "-1:retry", "241:retry,", "241:retry,241:stop"})
    void shouldRefuseClassesThatItCannotRead(String text) {
        assertThatThrownBy(() -> ErrorClasses.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static ErrorClass classOf(int code) {
        return ErrorClasses.DEFAULT.of(code, "Code: " + code);
    }
}
