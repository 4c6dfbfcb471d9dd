package io.replaylinker.serdes.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replaylinker.serdes.RegistryUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CachedSchemaRegistryTest {

    private static final Schema SCHEMA =
            SchemaBuilder.record("R").fields().requiredString("id").endRecord();

    private final CountingRegistry registry = new CountingRegistry();
    private Instant now = Instant.EPOCH;

    @Test
    void shouldRememberBothWays() {
        // Given
        SchemaRegistry cached = cached(10);

        // When
        int id = cached.register("s-value", SCHEMA);
        cached.register("s-value", SCHEMA);
        Schema schema = cached.byId(id);

        // Then
        assertThat(schema).isSameAs(SCHEMA);
        assertThat(registry.calls).containsExactly("register s-value");
    }

    @Test
    void shouldNotTakeOneSubjectForAnother() {
        // Given
        SchemaRegistry cached = cached(10);

        // When
        cached.register("a-value", SCHEMA);
        cached.register("b-value", SCHEMA);

        // Then
        assertThat(registry.calls).containsExactly("register a-value", "register b-value");
    }

    @Test
    void shouldBelieveForAShortTimeThatThereIsNoSuchSchema() {
        // Given
        SchemaRegistry cached = cached(10);
        assertThatThrownBy(() -> cached.byId(5)).isInstanceOf(UnknownSchemaException.class);

        // When
        now = now.plusSeconds(9);
        assertThatThrownBy(() -> cached.byId(5))
                .isInstanceOf(UnknownSchemaException.class)
                .hasMessageContaining("5");
        now = now.plusSeconds(2);
        registry.known = SCHEMA;
        Schema schema = cached.byId(5);

        // Then
        assertThat(schema).isSameAs(SCHEMA);
        assertThat(registry.calls).containsExactly("byId 5", "byId 5");
    }

    @Test
    void shouldNotRememberAFailure() {
        // Given
        SchemaRegistry cached = cached(10);
        registry.down = true;
        assertThatThrownBy(() -> cached.byId(5)).isInstanceOf(RegistryUnavailableException.class);

        // When
        registry.down = false;
        registry.known = SCHEMA;

        // Then
        assertThat(cached.byId(5)).isSameAs(SCHEMA);
    }

    @Test
    void shouldForgetWhatWasUsedLongestAgo() {
        // Given
        SchemaRegistry cached = cached(2);
        registry.known = SCHEMA;

        // When
        for (int id : new int[] {1, 2, 1, 3, 1, 2}) {
            cached.byId(id);
        }

        // Then
        assertThat(registry.calls).containsExactly("byId 1", "byId 2", "byId 3", "byId 2");
    }

    @Test
    void shouldAskForTheNewestAgainAfterAWhile() {
        // Given
        SchemaRegistry cached = cached(10);

        // When
        cached.latest("s-value");
        now = now.plusSeconds(59);
        cached.latest("s-value");
        now = now.plusSeconds(2);
        cached.latest("s-value");

        // Then
        assertThat(registry.calls).containsExactly("latest s-value", "latest s-value");
    }

    private SchemaRegistry cached(int size) {
        RegistrySettings settings =
                RegistrySettings.of(Map.of("schema.registry.url", "mock://unused", "max.schemas.per.subject", size));
        assertThat(settings.missingTtl()).isEqualTo(Duration.ofSeconds(10));
        return new CachedSchemaRegistry(registry, settings, () -> now);
    }

    /** Counts its calls; knows one schema, or none. */
    private static final class CountingRegistry implements SchemaRegistry {

        private final List<String> calls = new ArrayList<>();
        private @Nullable Schema known;
        private boolean down;

        @Override
        public Schema byId(int id) {
            calls.add("byId " + id);
            if (down) {
                throw new RegistryUnavailableException("down", new IOException());
            }
            if (known == null) {
                throw new UnknownSchemaException("no schema " + id);
            }
            return known;
        }

        @Override
        public Schema byGuid(UUID guid) {
            throw new UnknownSchemaException("no schema " + guid);
        }

        @Override
        public int register(String subject, Schema schema) {
            calls.add("register " + subject);
            return 1;
        }

        @Override
        public int idOf(String subject, Schema schema) {
            calls.add("idOf " + subject);
            return 1;
        }

        @Override
        public RegisteredSchema latest(String subject) {
            calls.add("latest " + subject);
            return new RegisteredSchema(1, SCHEMA);
        }

        @Override
        public boolean accepts(String subject, Schema schema) {
            return true;
        }

        @Override
        public void verify() {
            calls.add("verify");
        }
    }
}
