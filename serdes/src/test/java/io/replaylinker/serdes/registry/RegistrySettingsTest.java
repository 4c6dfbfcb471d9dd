package io.replaylinker.serdes.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrySettingsTest {

    @Test
    void shouldReadSeveralAddresses() {
        // When
        RegistrySettings settings = RegistrySettings.of(
                Map.of("schema.registry.url", " http://one:8081/ , HTTPS://two/registry ,", "max.retries", "7"));

        // Then
        assertThat(settings.addresses())
                .extracting(RegistryAddress::toString)
                .containsExactly("http://one:8081", "https://two/registry");
        assertThat(settings.maxRetries()).isEqualTo(7);
        assertThat(settings.mockScope()).isNull();
    }

    @Test
    void shouldReadAListAndAPassword() {
        // When
        RegistrySettings settings = RegistrySettings.of(Map.of(
                "schema.registry.url",
                List.of("http://one:8081"),
                "basic.auth.credentials.source",
                "USER_INFO",
                "basic.auth.user.info",
                new Password("ada:s3cret")));

        // Then
        assertThat(settings.authorization()).isEqualTo("Basic YWRhOnMzY3JldA==");
    }

    @Test
    void shouldNotPrintCredentials() {
        // When
        RegistrySettings settings = RegistrySettings.of(Map.of("schema.registry.url", "http://ada:s3cret@one:8081"));

        // Then
        assertThat(settings.toString()).isEqualTo("[http://one:8081]");
        assertThat(settings.addresses().toString()).isEqualTo("[http://one:8081]");
    }

    @Test
    void shouldReportKafkasErrorOfAKeyStore() {
        Map<String, String> settings = Map.of(
                "schema.registry.url", "https://one:8081",
                "schema.registry.ssl.keystore.location", "pom.xml",
                "schema.registry.ssl.keystore.password", "s3cret",
                "schema.registry.ssl.key.password", "s3cret");

        assertThatThrownBy(() -> RegistrySettings.of(settings))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("schema.registry.ssl.*: cannot be used: ", "pom.xml")
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "schema.registry.url |                       | is missing",
                "schema.registry.url | one:8081              | must start with http:// or https://",
                "schema.registry.url | http://               | at place 1",
                "schema.registry.url | http://a b            | at place 1",
                "schema.registry.url | http://a?q=1          | must not have a query",
                "schema.registry.url | mock://a,http://b     | one mock:// address alone",
                "basic.auth.credentials.source | SASL_INHERIT | not supported",
                "basic.auth.credentials.source | TOKEN        | must be URL or USER_INFO",
                "basic.auth.credentials.source | USER_INFO    | basic.auth.user.info: must be user:password",
                "bearer.auth.credentials.source | OAUTHBEARER | only STATIC_TOKEN",
                "bearer.auth.credentials.source | STATIC_TOKEN | bearer.auth.token: is missing",
                "bearer.auth.token | abc                      | must be STATIC_TOKEN",
                "schema.registry.ssl.truststore.location | /nowhere.pem | cannot be read: NoSuchFileException",
                "max.retries | -1                             | whole number from 0",
                "http.read.timeout.ms | soon                  | whole number from 1",
            })
    void shouldReportAMistake(String name, String value, String message) {
        // Given
        Map<String, Object> settings = new HashMap<>(Map.of("schema.registry.url", "http://one:8081"));
        settings.put(name, value);

        // When / Then
        assertThatThrownBy(() -> RegistrySettings.of(settings))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(name, message);
    }

    @Test
    void shouldReportAllMistakesWithoutTheSecrets() {
        // Given
        Map<String, Object> settings = Map.of(
                "schema.registry.url", "http://ada:s3cret@one two:8081",
                "bearer.auth.credentials.source", "STATIC_TOKEN",
                "bearer.auth.token", "tok\nen",
                "max.retries", "x");

        // When / Then
        assertThatThrownBy(() -> RegistrySettings.of(settings))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("schema.registry.url", "bearer.auth.token", "max.retries")
                .hasMessageNotContainingAny("s3cret", "ada", "tok\nen");
    }
}
