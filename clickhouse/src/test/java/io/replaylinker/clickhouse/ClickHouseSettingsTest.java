package io.replaylinker.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClickHouseSettingsTest {

    @Test
    void shouldNameEveryMistakeAtOnce() {
        assertThatExceptionOfType(IllegalSettingsException.class)
                .isThrownBy(() -> new ClickHouseSettings(
                        "clickhouse:9000",
                        "my-db",
                        " ",
                        "secret",
                        Duration.ZERO,
                        Duration.ofDays(100),
                        true,
                        "nowhere.pem",
                        null))
                .satisfies(failure -> assertThat(failure.mistakes())
                        .satisfiesExactly(
                                url -> assertThat(url).asString().startsWith("the url must be http://host:port"),
                                database -> assertThat(database).asString().startsWith("the database must be letters"),
                                user -> assertThat(user).asString().startsWith("the user must not be empty"),
                                connection ->
                                        assertThat(connection).asString().startsWith("the connection timeout must"),
                                socket -> assertThat(socket).asString().startsWith("the socket timeout must"),
                                authorities -> assertThat(authorities)
                                        .asString()
                                        .startsWith("the authorities names a file that cannot be read")))
                .withMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost:8123",
                "ftp://host:21",
                "http://host",
                "http://host:0",
                "http://host:99999",
                "http://host:8123/path",
                "http://host:8123?user=jane&password=s3cret",
                "http://jane:s3cret@host:8123",
                "jdbc:clickhouse://host:8123",
                "http://ho st:8123"
            })
    void shouldTakeNothingButSchemeHostAndPort(String url) {
        assertThatExceptionOfType(IllegalSettingsException.class)
                .isThrownBy(() -> ClickHouseSettings.of(url, "db", "me", ""))
                .satisfies(failure -> assertThat(failure.mistakes()).hasSize(1))
                .withMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://host:8123", "https://host:8443/", "http://[::1]:8123"})
    void shouldTakeHttpAndHttps(String url) {
        assertThatCode(() -> ClickHouseSettings.of(url, "db", "me", "")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1db", "a-b", "a`b", "a b", "db;DROP", "dé"})
    void shouldRefuseADatabaseThatWouldNeedCareInSql(String database) {
        assertThatExceptionOfType(IllegalSettingsException.class)
                .isThrownBy(() -> ClickHouseSettings.of("http://host:8123", database, "me", ""));
    }

    @Test
    void shouldNotShowThePassword() {
        ClickHouseSettings settings = ClickHouseSettings.of("http://host:8123", "db", "me", "s3cret");

        assertThat(settings).hasToString("ClickHouse at http://host:8123, database db, user me");
    }
}
