package io.replaylinker.serdes.sentry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scanner accepts what Jackson accepts, and reads the same strings out of it. */
class JsonScannerTest {

    private static boolean accepts(byte[] json) {
        try {
            JsonScanner scanner = new JsonScanner(json);
            scanner.skip();
            scanner.expectEnd();
            return true;
        } catch (JsonException e) {
            assertThat(e.isTooDeep()).isFalse();
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                " [ ] ",
                "{ \"a\" : 1 , \"b\" : [ ] }\r\n\t",
                "[1,-1,0,-0,10,1.5,-0.5e10,1E+5,1e-5,0e0]",
                "[true,false,null]",
                "\"\"",
                "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00\"]",
                "[\"1234567\",\"12345678\",\"123456789\",\"12345678901234567890\\n2345678\"]",
                "[\"é\",\"€\",\"😀\",\"\u007f\"]",
                "[[[[{\"a\":{\"a\":{\"a\":[{}]}}}]]]]",
                "[NaN,Infinity,-Infinity]",
                "{\"\":\"\"}",
                "123456789012345678901234567890123456789012345678901234567890"
            })
    void shouldAcceptJson(String json) {
        assertThat(accepts(json.getBytes(UTF_8))).isTrue();
        assertThat(JacksonOracle.accepts(json.getBytes(UTF_8))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[",
                "]",
                "{]",
                "[}",
                "[1,]",
                "[,1]",
                "[1 2]",
                "[1,,2]",
                "{,}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\" 1}",
                "{\"a\":1 \"b\":2}",
                "{a:1}",
                "{'a':1}",
                "{1:1}",
                "{null:1}",
                "[\"a",
                "[\"a]",
                "[\"a\\",
                "[\"a\\\"]",
                "[\"\\x\"]",
                "[\"\\u12\"]",
                "[\"\\u12g4\"]",
                "[\"\\u123",
                "[\"a\nb\"]",
                "[\"a\u0000b\"]",
                "[\"12345678\tb\"]",
                "[\"12345678\u001f\"]",
                "[01]",
                "[-]",
                "[+1]",
                "[1.]",
                "[.5]",
                "[1e]",
                "[1e+]",
                "[0x10]",
                "[--1]",
                "[1-]",
                "[tru]",
                "[truee]",
                "[True]",
                "[nul",
                "[Na]",
                "[-Infinit]",
                "[1]x",
                "{}{}",
                "[1]//",
                "/* */[1]",
                "[\u00a0]"
            })
    void shouldRejectEverythingElse(String text) {
        assertThat(accepts(text.getBytes(UTF_8))).isFalse();
        assertThat(JacksonOracle.accepts(text.getBytes(UTF_8))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "plain|plain",
                "\\n|~\n~",
                "\\u0041\\u00e9\\ud83d\\uDE00|Aé😀",
                "a\\/b\\\\c\\\"d|a/b\\c\"d",
                "Zoë\\t😀 and more behind it|~Zoë\t😀 and more behind it~",
                "\\r\\b\\f|~\r\b\f~"
            })
    void shouldResolveEscapes(String inside, String expected) throws JsonException {
        JsonScanner scanner = new JsonScanner(("\"" + inside + "\"").getBytes(UTF_8));
        scanner.readScalar();

        assertThat(scanner.text()).isEqualTo(expected);
    }

    @Test
    void shouldReplaceMalformedUtf8() throws JsonException {
        JsonScanner scanner = new JsonScanner(new byte[] {'"', 'a', (byte) 0xff, 'b', '"'});
        scanner.readScalar();

        assertThat(scanner.text()).isEqualTo("a\ufffdb");
    }

    @Test
    void shouldFindTheEndOfARunAtEveryPlace() {
        for (byte end : new byte[] {'"', '\\', 0, 0x1f}) {
            for (int place = 0; place < 40; place++) {
                byte[] in = "a\u0080 !#[]~ÿ€".repeat(9).getBytes(UTF_8);
                in[place] = end;
                // Two more behind it, so that the first is told from the others.
                in[place + 1] = '"';
                in[place + 9] = 0;
                assertThat(JsonStrings.plainUntil(in, 0)).isEqualTo(place);
            }
        }
    }

    @Test
    void shouldAnswerTheLengthForARunWithoutEnd() {
        for (int length = 0; length < 20; length++) {
            assertThat(JsonStrings.plainUntil("é".repeat(length).getBytes(UTF_8), 0))
                    .isEqualTo(2 * length);
        }
    }
}
