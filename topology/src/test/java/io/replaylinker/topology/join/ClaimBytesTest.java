package io.replaylinker.topology.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.serdes.GeneratedClasses;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClaimBytesTest {

    private static final byte[] NO_HEAD = {};
    private static final int MOST_ELEMENTS = 3;
    /** More than the codec's buffer holds at first, and than a short can count. */
    private static final String LONG = "\u00fc".repeat(40_000);

    private static final List<String> TEXTS = List.of(
            "",
            "x",
            "GET /carts/{id}",
            "GET /caf\u00e9/\ud83d\ude00",
            "\u4e2d\u6587 \u0000 \u007f\u0080",
            "y".repeat(300),
            "error",
            "http.server",
            "data_loss");

    /** A number is never null, and a union may be. */
    private static final Set<Schema.Type> NOT_BROKEN_BY_NULL =
            EnumSet.of(Schema.Type.UNION, Schema.Type.BOOLEAN, Schema.Type.INT, Schema.Type.LONG, Schema.Type.DOUBLE);

    private static final List<Function<Claim, SpecificRecord>> PARTS = List.of(claim -> claim, Claim::getEvent);

    private final SpecificData model = new SpecificData(Claim.class.getClassLoader());
    private final Random random = new Random(7);
    private final ClaimBytes claims = new ClaimBytes();

    @BeforeEach
    void trustGeneratedClasses() {
        GeneratedClasses.trust(Claim.class);
    }

    @Test
    void shouldReadEveryFieldOfTheSchemaAsItWasWritten() {
        for (int i = 0; i < 3_000; i++) {
            // Given
            Claim claim = claim();

            // When
            Claim read = claims.read(claims.write(NO_HEAD, claim), 0);

            // Then: first the parts, whose names tell what is wrong
            assertSameFields(read.getEvent(), claim.getEvent());
            assertSameFields(read, claim);
            assertThat(read).isEqualTo(claim);
        }
    }

    private static void assertSameFields(SpecificRecord read, SpecificRecord written) {
        for (Schema.Field field : written.getSchema().getFields()) {
            assertThat(read.get(field.pos())).as(field.name()).isEqualTo(written.get(field.pos()));
        }
    }

    @Test
    void shouldReadRowsAsTheyWereWritten() {
        for (int i = 0; i < 2_000; i++) {
            // Given: now and then the ids that the key has
            Id group = (Id) fixed(Id.getClassSchema());
            Claim claim = claim();
            claim.setReplayId(random.nextBoolean() ? group : claim.getReplayId());
            claim.getEvent()
                    .setTraceId(random.nextBoolean() ? group : claim.getEvent().getTraceId());
            byte[] key = Keys.event(group, claim.getEvent());
            ClaimRow confirmed = confirmed(claim);
            ResolvedRow resolved = resolved(claim);

            // When
            ClaimRow confirmedRead = ClaimRow.read(key, confirmed.toBytes(key, claims), claims);
            ResolvedRow resolvedRead = ResolvedRow.read(key, resolved.toBytes(key, claims), claims);

            // Then
            assertThat(confirmedRead).isEqualTo(confirmed);
            assertThat(resolvedRead).isEqualTo(resolved);
        }
    }

    private ClaimRow confirmed(Claim claim) {
        ClaimRow row = ClaimRow.of(claim, random.nextLong());
        ClaimRow closed = random.nextBoolean() ? row : row.closedUntil(random.nextLong());
        ClaimRow.LinkFacts facts = new ClaimRow.LinkFacts(
                random.nextLong(),
                random.nextLong(),
                random.nextInt(),
                random.nextDouble(),
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextLong());
        return random.nextBoolean() ? closed : closed.withEmitted(facts, random.nextBoolean(), random.nextLong());
    }

    private ResolvedRow resolved(Claim claim) {
        Decision decision = new Decision(
                random.nextBoolean() ? null : (Id) fixed(Id.getClassSchema()),
                any(List.of(Method.values())),
                random.nextInt(101) / 100.0,
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean() ? 0 : random.nextLong(),
                random.nextBoolean(),
                any(List.of(UnlinkedReason.values())));
        List<Id> former = Stream.generate(() -> (Id) fixed(Id.getClassSchema()))
                .limit(random.nextInt(MOST_ELEMENTS))
                .toList();
        return new ResolvedRow(
                claim,
                random.nextLong(),
                decision,
                random.nextInt(),
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean() ? Long.MAX_VALUE : random.nextLong(),
                former);
    }

    /** The numbers of known texts are on topics, where a release to come has to read them. */
    @Test
    void shouldKeepTheNumbersOfKnownTexts() {
        List<String> texts =
                IntStream.range(0, KnownTexts.size()).mapToObj(KnownTexts::text).toList();

        assertThat(texts)
                .doesNotHaveDuplicates()
                .startsWith("error", "transaction")
                .hasSizeGreaterThanOrEqualTo(90);
        assertThat(String.join(" ", texts.subList(0, 90)).hashCode()).isEqualTo(1493378037);
        assertThat(texts).allSatisfy(text -> assertThat(KnownTexts.text(KnownTexts.number(text)))
                .isEqualTo(text));
    }

    @Test
    void shouldWriteKnownTextsShorter() {
        Claim known = claim();
        known.getEvent().setPlatform("javascript");
        known.getEvent().setStatus("internal_error");
        Claim unknown = Claim.newBuilder(known).build();
        unknown.getEvent().setPlatform("javascripT");
        unknown.getEvent().setStatus("internal_erroR");

        assertThat(claims.write(NO_HEAD, known)).hasSize(claims.write(NO_HEAD, unknown).length - 10 - 14);
        assertThat(claims.read(claims.write(NO_HEAD, known), 0)).isEqualTo(known);
    }

    @Test
    void shouldReadNumbersAtTheirBounds() {
        List<Long> numbers = Stream.of(0L, 63L, 64L, 1L << 31, 1L << 62, Long.MAX_VALUE)
                .flatMap(number -> Stream.of(number, -number, ~number))
                .toList();
        for (long number : numbers) {
            // Given
            Claim claim = claim();
            claim.setRevision((int) number);
            claim.setLookup((int) ~number);
            claim.setAnchorMs(number);
            claim.setUser(number);
            claim.getEvent().setProjectId(number);
            claim.getEvent().setTimestampMs(number);
            claim.getEvent().setReceivedMs(~number);
            claim.getEvent().setDurationMs(number);

            // When
            Claim read = claims.read(claims.write(NO_HEAD, claim), 0);

            // Then
            assertThat(read).isEqualTo(claim);
        }
    }

    @Test
    void shouldReadTextsThatAreLongerThanItsBuffer() {
        // Given
        Claim claim = claim();
        claim.getEvent().setTransaction(LONG);
        claim.getEvent().setOp(LONG);

        // When
        Claim read = claims.read(claims.write(NO_HEAD, claim), 0);

        // Then
        assertThat(read).isEqualTo(claim);
    }

    @Test
    void shouldReadAClaimAmongOtherBytes() {
        // Given
        Claim claim = claim();
        byte[] bytes = claims.write(new byte[] {7, 8}, claim);

        // When
        Claim read = claims.read(Arrays.copyOf(bytes, bytes.length + 5), 2, bytes.length - 2);

        // Then
        assertThat(bytes).startsWith(7, 8);
        assertThat(read).isEqualTo(claim);
    }

    @Test
    void shouldCarryNothingOverFromOneClaimToTheNext() {
        // Given: long ones and short ones, that are read when all are written
        List<Claim> written = Stream.generate(this::claim).limit(100).toList();

        // When
        List<byte[]> bytes =
                written.stream().map(claim -> claims.write(NO_HEAD, claim)).toList();
        List<Claim> read = bytes.stream().map(each -> claims.read(each, 0)).toList();

        // Then
        assertThat(read).isEqualTo(written);
    }

    @Test
    void shouldWriteNoClaimThatLacksWhatMayNotBeAbsentAndGoOn() {
        for (Function<Claim, SpecificRecord> part : PARTS) {
            for (Schema.Field field : part.apply(claim()).getSchema().getFields()) {
                if (!NOT_BROKEN_BY_NULL.contains(field.schema().getType())) {
                    // Given
                    Claim broken = claim();
                    part.apply(broken).put(field.pos(), null);
                    Claim claim = claim();

                    // When
                    assertThatThrownBy(() -> claims.write(NO_HEAD, broken))
                            .as(field.name())
                            .isInstanceOf(NullPointerException.class);

                    // Then
                    assertThat(claims.read(claims.write(NO_HEAD, claim), 0)).isEqualTo(claim);
                }
            }
        }
    }

    @Test
    void shouldRefuseAClaimThatIsCutOffAnywhere() {
        for (int i = 0; i < 20; i++) {
            byte[] bytes = claims.write(NO_HEAD, claim());
            for (int end = 0; end < bytes.length; end++) {
                int length = end;
                // Also where the bytes of another entry follow.
                for (byte[] cut : List.of(Arrays.copyOf(bytes, length), bytes)) {
                    assertThatThrownBy(() -> claims.read(cut, 0, length))
                            .isInstanceOf(UncheckedIOException.class)
                            .hasMessageContaining("a claim of " + length + " bytes is cut off");
                }
            }
        }
    }

    @Test
    void shouldRefuseBytesBehindAClaim() {
        byte[] bytes = claims.write(NO_HEAD, claim());

        assertThatThrownBy(() -> claims.read(Arrays.copyOf(bytes, bytes.length + 1), 0))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("ends 1 before");
    }

    @Test
    void shouldFailInNoOtherWayWhenAByteIsAnotherOne() {
        for (int i = 0; i < 20_000; i++) {
            // Given
            byte[] bytes = claims.write(NO_HEAD, claim());
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));

            // When
            Throwable failure = catchThrowable(() -> claims.read(bytes, 0));

            // Then it is another claim, or none
            if (failure != null) {
                assertThat(failure).isInstanceOf(UncheckedIOException.class).hasMessageContaining("or is none");
            }
        }
    }

    private Claim claim() {
        return (Claim) value(Claim.getClassSchema());
    }

    /** Any value of a schema, so that a field that is added to it is one that has to be read too. */
    private Object value(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> record(schema);
            case ARRAY -> elements(schema.getElementType());
            case ENUM ->
                model.createEnum(
                        schema.getEnumSymbols()
                                .get(random.nextInt(schema.getEnumSymbols().size())),
                        schema);
            case FIXED -> fixed(schema);
            case STRING -> TEXTS.get(random.nextInt(TEXTS.size()));
            case BOOLEAN -> random.nextBoolean();
            case INT -> random.nextInt() >> random.nextInt(Integer.SIZE);
            case LONG -> random.nextLong() >> random.nextInt(Long.SIZE);
            case DOUBLE -> random.nextDouble();
            default -> throw new IllegalArgumentException("no value of " + schema);
        };
    }

    private @Nullable Object nullable(Schema schema) {
        if (schema.getType() != Schema.Type.UNION) {
            return value(schema);
        }
        Schema chosen = schema.getTypes().get(random.nextInt(schema.getTypes().size()));
        return chosen.getType() == Schema.Type.NULL ? null : value(chosen);
    }

    private SpecificRecord record(Schema schema) {
        SpecificRecord record = (SpecificRecord) model.newRecord(null, schema);
        schema.getFields().forEach(field -> record.put(field.pos(), nullable(field.schema())));
        return record;
    }

    private List<Object> elements(Schema schema) {
        List<Object> elements = new ArrayList<>();
        for (int left = random.nextInt(MOST_ELEMENTS + 1); left > 0; left--) {
            elements.add(value(schema));
        }
        return elements;
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private Object fixed(Schema schema) {
        GenericFixed fixed = (GenericFixed) model.createFixed(null, schema);
        random.nextBytes(fixed.bytes());
        return fixed;
    }
}
