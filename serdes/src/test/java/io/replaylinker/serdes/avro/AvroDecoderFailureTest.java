package io.replaylinker.serdes.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.RegistryUnavailableException;
import io.replaylinker.serdes.RejectionReason;
import io.replaylinker.serdes.registry.IncompatibleSchemaException;
import io.replaylinker.serdes.registry.RegistryAccessException;
import io.replaylinker.serdes.registry.UnknownSchemaException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.avro.AvroRuntimeException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which failures of a value deserializer are the record's, and which are the registry's. */
class AvroDecoderFailureTest {

    private static final byte[] WIRE_FORM = {0, 0, 0, 0, 1, 2, 3};

    static Stream<Arguments> rejections() {
        return Stream.of(
                Arguments.of(new NotAvroException("x"), RejectionReason.NOT_AVRO),
                Arguments.of(new UnknownSchemaException("x"), RejectionReason.UNKNOWN_SCHEMA),
                Arguments.of(new IncompatibleSchemaException("x"), RejectionReason.INCOMPATIBLE_SCHEMA),
                Arguments.of(
                        new SerializationException("x", new RestClientException("Schema not found", 404, 40403)),
                        RejectionReason.UNKNOWN_SCHEMA),
                Arguments.of(new SerializationException("x", new EOFException()), RejectionReason.INCOMPATIBLE_SCHEMA),
                Arguments.of(
                        new SerializationException("x", new IOException("Invalid int encoding")),
                        RejectionReason.INCOMPATIBLE_SCHEMA),
                Arguments.of(
                        new SerializationException("x", new AvroRuntimeException("y")),
                        RejectionReason.INCOMPATIBLE_SCHEMA),
                Arguments.of(new ArrayIndexOutOfBoundsException(), RejectionReason.INCOMPATIBLE_SCHEMA),
                Arguments.of(new ClassCastException(), RejectionReason.INCOMPATIBLE_SCHEMA));
    }

    @ParameterizedTest
    @MethodSource("rejections")
    void shouldRejectTheRecordForItsOwnFailures(RuntimeException failure, RejectionReason reason) {
        // When
        Decoded<BackendEvent> decoded = decode(throwing(failure), WIRE_FORM);

        // Then
        assertReason(decoded, reason);
    }

    static Stream<Throwable> outages() {
        IOException fromClient = new IOException("Premature EOF");
        fromClient.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("io.confluent.kafka.schemaregistry.client.rest.RestService", "send", null, 1)
        });
        return Stream.of(
                new ConnectException("Connection refused"),
                new SocketTimeoutException("Read timed out"),
                new SSLHandshakeException("bad certificate"),
                fromClient,
                new RestClientException("x", 500, 50001),
                new RestClientException("x", 503, 503),
                new RestClientException("x", 429, 429),
                new RestClientException("x", 401, 401),
                new RestClientException("x", 403, 40301),
                new RestClientException("<html>", 404, 50005),
                new DisconnectException(),
                new AuthenticationException("x"));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void shouldNotRejectTheRecordForAFailureOfTheRegistry(Throwable cause) {
        // Given
        SerializationException failure =
                new SerializationException("Error retrieving Avro value schema for id 1", cause);

        // When / Then
        assertThatThrownBy(() -> decode(throwing(failure), WIRE_FORM)).isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void shouldPassAnOutageOn() {
        // Given
        RegistryUnavailableException outage = new RegistryUnavailableException("down", new IOException());

        // When / Then
        assertThatThrownBy(() -> decode(throwing(outage), WIRE_FORM)).isSameAs(outage);
    }

    @Test
    void shouldWaitWithTheRecordWhileTheLoginIsRefused() {
        // Given
        RegistryAccessException refused = new RegistryAccessException("The schema registry at x refuses access");

        // When / Then
        assertThatThrownBy(() -> decode(throwing(refused), WIRE_FORM))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessage(refused.getMessage())
                .hasCause(refused);
    }

    @Test
    void shouldReportBytesOfAnotherForm() {
        // When
        Decoded<BackendEvent> decoded =
                decode(throwing(new SerializationException("Unknown magic byte!")), new byte[] {'{', '}', 0, 0, 0, 0});

        // Then
        assertReason(decoded, RejectionReason.NOT_AVRO);
    }

    @Test
    void shouldSurviveABottomlessFailure() {
        // When
        Decoded<BackendEvent> decoded = decode(
                (topic, data) -> {
                    throw new StackOverflowError();
                },
                WIRE_FORM);

        // Then
        assertReason(decoded, RejectionReason.INCOMPATIBLE_SCHEMA);
    }

    @Test
    void shouldNotRepeatTheContentOfAForeignMessage() {
        // When
        Decoded<BackendEvent> decoded = decode(throwing(new RuntimeException("user ada@example.com")), WIRE_FORM);

        // Then
        assertThat(decoded)
                .isEqualTo(new Decoded.Rejection<>(
                        RejectionReason.INCOMPATIBLE_SCHEMA, "The deserializer failed", "java.lang.RuntimeException"));
    }

    private static Decoded<BackendEvent> decode(Deserializer<?> deserializer, byte @Nullable [] value) {
        return new AvroDecoder<>(deserializer, BackendEvent.class).decode("events", new RecordHeaders(), value);
    }

    private static void assertReason(Decoded<?> decoded, RejectionReason reason) {
        assertThat(decoded).isInstanceOfSatisfying(Decoded.Rejection.class, rejection -> assertThat(rejection.reason())
                .isEqualTo(reason));
    }

    private static Deserializer<Object> throwing(RuntimeException failure) {
        return new Deserializer<>() {
            @Override
            public Object deserialize(String topic, byte[] data) {
                throw failure;
            }

            @Override
            public Object deserialize(String topic, Headers headers, byte[] data) {
                throw failure;
            }
        };
    }

    /** Of the name and shape of Confluent's. */
    public static final class RestClientException extends Exception {

        private static final long serialVersionUID = 1L;

        private final int status;
        private final int errorCode;

        RestClientException(String message, int status, int errorCode) {
            super(message);
            this.status = status;
            this.errorCode = errorCode;
        }

        public int getStatus() {
            return status;
        }

        public int getErrorCode() {
            return errorCode;
        }
    }
}
