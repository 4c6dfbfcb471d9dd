package io.replaylinker.topology.claim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    GET https://shop.example/cart?token=abc&id=7 failed | GET https://shop.example/cart?[redacted] failed
                    /search?q=jane                                       | /search?[redacted]
                    redis://user:pw@cache:6379/0 refused                 | redis://[redacted]@cache:6379/0 refused
                    no user jane.doe+x@mail.example.com                  | no user [email]
                    connect ECONNREFUSED 10.1.2.3:5432                   | connect ECONNREFUSED [ip]:5432
                    from 2001:db8::ff00:42:8329 denied                   | from [ip] denied
                    from fe80:0:0:0:1:2:3:4 denied                       | from [ip] denied
                    /home/jane/shop/app.py                               | /home/[user]/shop/app.py
                    at /Users/jane/app.js:5                              | at /Users/[user]/app.js:5
                    C:\\Users\\jane\\app.cs                              | C:\\Users\\[user]\\app.cs
                    """)
    void shouldRemoveWhatNamesAPersonOrHoldsASecret(String text, String redacted) {
        assertThat(Redaction.redact(text)).isEqualTo(redacted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cannot read properties of undefined (reading 'price')",
                "is this a question? yes",
                "GET /api/cart/:id",
                "std::vector<int>::at",
                "version 1.2.3 of lib",
                "at 09:15:30.125",
                "src/users/home.ts",
                "a/home/page.js",
                "GET 127.0.0.1",
                "@sentry/node",
                "x == y ? a : b",
                ""
            })
    void shouldLeaveOtherTextsAsTheyAre(String text) {
        assertThat(Redaction.redact(text)).isEqualTo(text);
    }

    @Test
    void shouldTakeLongHostileTextsInNoTime() {
        String text = ("?" + "a".repeat(100) + "@" + ":".repeat(100) + "1.".repeat(25)).repeat(3);

        long startedAt = System.nanoTime();
        Redaction.redact(text);

        assertThat(System.nanoTime() - startedAt).isLessThan(1_000_000_000L);
    }
}
