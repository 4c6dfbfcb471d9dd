package io.replaylinker.topology.join;

import io.replaylinker.topology.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A history as a test tells it: moves in bursts of activity, and which side of the input is held up after which burst. Two eras of
 * {@value #EPOCHS_OF_ERA} epochs, six hours apart; the epochs of an era begin half an hour apart and last less than five minutes.
 *
 * @param tenants there is more than one organization
 * @param confirmLags what was resolved in one epoch may be confirmed in a later one of its era
 * @param held for each epoch but the last of an era, whether its events, and whether its replays, are read with the next one only
 */
record Story(boolean tenants, boolean confirmLags, List<Boolean> held, List<Move> moves) {

    /** The default ones, with bounds that a story reaches. */
    static final JoinSettings SETTINGS = settings();

    static final int EPOCHS_OF_ERA = 3;
    static final int ERAS = 2;
    static final int EPOCHS = ERAS * EPOCHS_OF_ERA;

    private static final long EPOCH_EVERY_MS = Duration.ofMinutes(30).toMillis();
    private static final long ERA_EVERY_MS = Duration.ofHours(6).toMillis();

    private static final int MAX_VISITS = 8;
    private static final int MAX_SPANS = 6;
    private static final int REPEATED_AFTER = 40;
    private static final int MAX_DELAY = 100 + REPEATED_AFTER;

    /**
     * A record on its way to the join, and the turn it takes.
     *
     * @param replays it is of the replay side
     * @param repeated it was there before
     */
    record Step(Arrival arrival, Move.Turn turn, boolean replays, boolean repeated) {}

    private static JoinSettings settings() {
        JoinSettings defaults = JoinSettings.defaults();
        return new JoinSettings(
                defaults.waitFor(),
                defaults.memory(),
                defaults.confirm(),
                defaults.traceTolerance(),
                defaults.traceShared(),
                MAX_VISITS,
                MAX_SPANS,
                defaults.tenancy(),
                defaults.methods());
    }

    static long startMs(int epoch) {
        return Samples.TEN + (epoch / EPOCHS_OF_ERA) * ERA_EVERY_MS + (epoch % EPOCHS_OF_ERA) * EPOCH_EVERY_MS;
    }

    /** Whether this side's records of an epoch are still unread at its end. */
    boolean isHeld(boolean replays, int epoch) {
        int place = (epoch / EPOCHS_OF_ERA) * (EPOCHS_OF_ERA - 1) + epoch % EPOCHS_OF_ERA;
        return epoch % EPOCHS_OF_ERA < EPOCHS_OF_ERA - 1 && held.get(2 * place + (replays ? 1 : 0));
    }

    /** All records in the order in which the join reads them. */
    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        Records records = new Records(this);
        for (Move move : moves) {
            boolean replays =
                    move instanceof Move.Segment || move instanceof Move.Archive || move instanceof Move.Crowd;
            Move.Turn turn = move.turn();
            for (Object record : records.of(move)) {
                Arrival arrival = new Arrival(
                        record,
                        Records.atMs(turn),
                        turn.epoch() / EPOCHS_OF_ERA,
                        turn.epoch(),
                        takenIn(replays, turn.epoch()));
                steps.add(new Step(arrival, turn, replays, false));
                if (turn.again() == 2) {
                    steps.add(new Step(arrival, turn.later(REPEATED_AFTER), replays, true));
                }
            }
        }
        steps.sort(
                Comparator.<Step>comparingInt(step -> step.arrival().takenIn()).thenComparingInt(this::place));
        return steps;
    }

    /** Those that are read in this epoch. */
    List<Step> taken(int epoch) {
        return steps().stream()
                .filter(step -> step.arrival().takenIn() == epoch)
                .toList();
    }

    /** The last one in which anything is read. */
    int lastEpoch() {
        return steps().stream().mapToInt(step -> step.arrival().takenIn()).max().orElse(0);
    }

    /** Whether the replay side is behind at the end of an epoch. */
    boolean isReplaySideHeld(int epoch) {
        return steps().stream()
                .anyMatch(step -> step.replays()
                        && step.arrival().epoch() <= epoch
                        && step.arrival().takenIn() > epoch);
    }

    List<Object> history() {
        return steps().stream().<Object>map(Step::arrival).toList();
    }

    Oracle oracle() {
        return confirmLags ? new Oracle(history(), Oracle.Fault.CONFIRM_LAGS) : new Oracle(history());
    }

    private int takenIn(boolean replays, int epoch) {
        int taken = epoch;
        while (isHeld(replays, taken)) {
            taken++;
        }
        return taken;
    }

    /** What was held up comes before the rest of its side, while the other side goes on between. */
    private int place(Step step) {
        int taken = step.arrival().takenIn();
        int oldest = taken;
        while (oldest % EPOCHS_OF_ERA > 0 && isHeld(step.replays(), oldest - 1)) {
            oldest--;
        }
        return ((step.arrival().epoch() - oldest) * MAX_DELAY + step.turn().delay()) / (taken - oldest + 1);
    }

    @Override
    public String toString() {
        return (tenants ? "several organizations" : "one organization")
                + (confirmLags ? ", confirm lags" : "") + ", in the order of arrival:\n"
                + steps().stream().map(StoryLine::of).collect(Collectors.joining("\n"));
    }
}
