package io.replaylinker.topology.join;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import net.jqwik.api.providers.ArbitraryProvider;
import net.jqwik.api.providers.TypeUsage;
import net.jqwik.api.sessions.JqwikSession;

/** Random stories. Few replays, traces, projects and organizations, so that everything meets everything. */
final class Stories {

    private static final int MAX_MOVES = 36;
    private static final int GENERATIONS = 1_000;

    private Stories() {}

    /** Stories of both eras, of a single burst, and of the two kinds in between. */
    static Arbitrary<Story> all() {
        return Arbitraries.oneOf(List.of(
                stories(Arbitraries.of(0)), stories(upTo(Story.EPOCHS - 1)), stories(upTo(Story.EPOCHS_OF_ERA - 1))));
    }

    /** Stories that fit into one wait. */
    static Arbitrary<Story> ofOneBurst() {
        return stories(Arbitraries.of(0));
    }

    /** For tests that are no properties: the same random gives the same stories. */
    static List<Story> some(Arbitrary<Story> stories, int number, Random random) {
        List<Story> some = new ArrayList<>();
        JqwikSession.run(() ->
                stories.generator(GENERATIONS).stream(random).limit(number).forEach(story -> some.add(story.value())));
        return some;
    }

    private static Arbitrary<Story> stories(Arbitrary<Integer> epoch) {
        return Combinators.combine(
                        Arbitraries.of(false, true),
                        Arbitraries.of(false, true),
                        Arbitraries.frequency(Tuple.of(3, false), Tuple.of(1, true))
                                .list()
                                .ofSize(2 * Story.ERAS * (Story.EPOCHS_OF_ERA - 1)),
                        moves(epoch)
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(MAX_MOVES)
                                .withSizeDistribution(RandomDistribution.uniform()))
                .as(Story::new);
    }

    private static Arbitrary<Move> moves(Arbitrary<Integer> epoch) {
        Arbitrary<Move.Turn> turn = turns(epoch);
        return Arbitraries.frequencyOf(
                Tuple.of(20, segments(turn)),
                Tuple.of(34, events(turn)),
                Tuple.of(6, edges(turn)),
                Tuple.of(
                        2,
                        Combinators.combine(turn, replays(), upTo(Records.REPLAY_PROJECTS.size() - 1))
                                .as(Move.Archive::new)),
                Tuple.of(
                        1,
                        Combinators.combine(turn, upTo(1).map(trace -> trace + 1), upTo(10))
                                .as(Move.Crowd::new)),
                Tuple.of(2, Combinators.combine(turn, upTo(40)).as(Move.Deletion::new)));
    }

    private static Arbitrary<Move.Turn> turns(Arbitrary<Integer> epoch) {
        return Combinators.combine(
                        epoch,
                        quarters(26),
                        upTo(99),
                        rarely(3, upTo(4)),
                        rarely(2, upTo(6)),
                        rarely(6, Arbitraries.of(1, 2)))
                .as(Move.Turn::new);
    }

    private static Arbitrary<Move> segments(Arbitrary<Move.Turn> turn) {
        return Combinators.combine(
                        turn,
                        clocks(),
                        replays(),
                        upTo(3),
                        quarters(60),
                        Combinators.combine(
                                        rarely(3, upTo(Records.REPLAY_PROJECTS.size() - 1)),
                                        rarely(1, upTo(5)),
                                        rarely(5, quarters(60)))
                                .as(Move.Sent::new),
                        Combinators.combine(
                                        upTo(2).map(trace -> trace + 1).list().ofMaxSize(2),
                                        upTo(40).list().ofMaxSize(1))
                                .as(Move.Lists::new))
                .as(Move.Segment::new);
    }

    private static Arbitrary<Move> events(Arbitrary<Move.Turn> turn) {
        return Combinators.combine(
                        turn,
                        clocks(),
                        Arbitraries.of(Move.Kind.class),
                        Arbitraries.of(Move.Evidence.class),
                        Combinators.combine(replays(), upTo(3)).as(Move.Ids::new),
                        places(),
                        senders(),
                        Arbitraries.frequency(Tuple.of(9, false), Tuple.of(1, true)))
                .as(Move.Event::new);
    }

    private static Arbitrary<Move.Place> places() {
        return Combinators.combine(
                        upTo(6),
                        Arbitraries.frequencyOf(Tuple.of(2, Arbitraries.just(0)), Tuple.of(7, upTo(Records.SPANS))),
                        rarely(8, upTo(1)),
                        rarely(2, upTo(3)),
                        upTo(Records.SPANS),
                        rarely(2, upTo(6)))
                .as(Move.Place::new);
    }

    private static Arbitrary<Move.Sender> senders() {
        return Combinators.combine(
                        upTo(Records.SENDERS.size() - 1),
                        rarely(1, upTo(5)),
                        rarely(2, quarters(60)),
                        Arbitraries.frequencyOf(Tuple.of(3, quarters(6)), Tuple.of(1, quarters(40))),
                        Arbitraries.frequency(Tuple.of(5, false), Tuple.of(1, true)))
                .as(Move.Sender::new);
    }

    private static Arbitrary<Move> edges(Arbitrary<Move.Turn> turn) {
        return Combinators.combine(
                        turn,
                        upTo(Records.SENDERS.size() - 1),
                        upTo(2).map(trace -> trace + 1),
                        upTo(5).map(span -> span + 1),
                        upTo(Records.SPANS - 1).map(span -> span + 1),
                        rarely(5, replays()),
                        Arbitraries.of(false, true),
                        Arbitraries.of(false, true))
                .as(Move.Edge::new);
    }

    private static Arbitrary<Integer> replays() {
        return upTo(4).map(replay -> replay + 1);
    }

    private static Arbitrary<Move.Clocks> clocks() {
        return Combinators.combine(clock(), clock()).as(Move.Clocks::new);
    }

    private static Arbitrary<Move.Clock> clock() {
        return Arbitraries.frequencyOf(
                Tuple.of(24, Arbitraries.just(Move.Clock.RIGHT)), Tuple.of(1, Arbitraries.of(Move.Clock.class)));
    }

    /** Mostly whole tens of seconds with a few quarters of a second beside them, so that times often lie close together. */
    private static Arbitrary<Integer> quarters(int tens) {
        return Combinators.combine(upTo(tens), rarely(1, upTo(7))).as((ten, quarter) -> 40 * ten + quarter);
    }

    private static Arbitrary<Integer> rarely(int zeros, Arbitrary<Integer> other) {
        return Arbitraries.frequencyOf(Tuple.of(zeros, Arbitraries.just(0)), Tuple.of(1, other));
    }

    private static Arbitrary<Integer> upTo(int max) {
        return Arbitraries.integers()
                .between(0, max)
                .withDistribution(RandomDistribution.uniform())
                .withoutEdgeCases();
    }

    /** Gives the stories to properties that ask for one. */
    public static final class Provider implements ArbitraryProvider {
        @Override
        public boolean canProvideFor(TypeUsage type) {
            return type.isOfType(Story.class);
        }

        @Override
        public Set<Arbitrary<?>> provideFor(TypeUsage type, SubtypeProvider subtypes) {
            return Set.of(all());
        }
    }
}
