package io.replaylinker.topology.claim;

import static io.replaylinker.topology.Samples.at;
import static io.replaylinker.topology.Samples.error;
import static io.replaylinker.topology.Samples.id;
import static io.replaylinker.topology.Samples.named;
import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.schemas.Verdict;
import io.replaylinker.serdes.Ids;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class ClaimsTest {

    private static final Claim EMPTY = new Claim();

    /** A field that {@link Claims#copy} forgets is a field of the schema that this test sets and the copy lacks. */
    @Test
    void shouldCopyEveryField() {
        Claim full = full();

        assertThat(full.getSchema().getFields())
                .as("each field has another value than a new claim")
                .allSatisfy(field -> assertThat(full.get(field.pos()))
                        .as(field.name())
                        .isNotNull()
                        .isNotEqualTo(EMPTY.get(field.pos()))
                        .isNotEqualTo(field.hasDefaultValue() ? field.defaultVal() : null));

        assertThat(Claims.copy(full)).isEqualTo(full).isNotSameAs(full);
    }

    @Test
    void shouldShareTheEventAndNotTheFields() {
        Claim full = full();
        Claim copy = Claims.copy(full);

        copy.setMethod(Method.USER);

        assertThat(full.getMethod()).isEqualTo(Method.TRACE);
        assertThat(copy.getEvent()).isSameAs(full.getEvent());
    }

    /** With every field set: those of numbers and booleans by their place, so that a new one is set too. */
    private static Claim full() {
        Claim claim = Objects.requireNonNull(
                new ClaimReader(ClaimSettings.defaults(), new UserHashes(new byte[] {1}), ClaimOddities.NONE)
                        .read(named(error(1, 3, 7), 0xa), at(3)));
        for (Schema.Field field : claim.getSchema().getFields()) {
            switch (type(field.schema())) {
                case BOOLEAN -> claim.put(field.pos(), true);
                case INT -> claim.put(field.pos(), 100 + field.pos());
                case LONG -> claim.put(field.pos(), 100L + field.pos());
                case DOUBLE -> claim.put(field.pos(), 0.5);
                default -> {}
            }
        }
        claim.setMethod(Method.TRACE);
        claim.setReplayId(Objects.requireNonNull(Ids.parse(id(0xa))));
        claim.setReason(UnlinkedReason.SHARED_TRACE);
        claim.setVerdicts(List.of(new Verdict()));
        return claim;
    }

    private static Schema.Type type(Schema schema) {
        return schema.isNullable() && schema.getType() == Schema.Type.UNION
                ? schema.getTypes().get(1).getType()
                : schema.getType();
    }
}
