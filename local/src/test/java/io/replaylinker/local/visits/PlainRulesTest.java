package io.replaylinker.local.visits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether the truth of the simulation can be found by rules that know nothing of it. */
class PlainRulesTest {

    private static final long SEED = 20_261_130;
    private static final int SEEDS = Integer.getInteger("visits.seeds", 1);

    static List<Mix> mixes() {
        return Mixes.all(Integer.getInteger("visits.visitors", Mixes.VISITORS));
    }

    @ParameterizedTest
    @MethodSource("mixes")
    void shouldFindWhatIsProvable(Mix mix) {
        for (long seed = SEED; seed < SEED + SEEDS; seed++) {
            Traffic traffic = VisitGenerator.generate(mix, seed);
            Dump dump = new Dump(traffic.messages());
            report(mix, seed, "sdk", traffic, Baselines.sdkIdAlone(traffic), Map.of());
            report(mix, seed, "trace", traffic, Baselines.anyTraceMatch(traffic), Map.of());
            for (Reading reading : Reading.values()) {
                PlainRules rules = new PlainRules(dump, reading);
                Score.Line score = report(
                        mix, seed, reading.name().toLowerCase(Locale.ROOT), traffic, rules.links(), rules.decidedBy);
                if (reading == Reading.STRICTER) {
                    assertThat(score.precision()).as("precision, seed " + seed).isGreaterThanOrEqualTo(0.995);
                }
                assertThat(score.recall()).as("recall, seed " + seed).isGreaterThanOrEqualTo(recall(reading));
            }
        }
    }

    /** As written the rules miss visits whose SDK 10 names no replay on its root although the user is known. */
    private static double recall(Reading reading) {
        return reading == Reading.STRICTER ? 0.98 : 0.8;
    }

    private static Score.Line report(
            Mix mix,
            long seed,
            String system,
            Traffic traffic,
            Map<String, String> links,
            Map<String, String> decidedBy) {
        Score.Line score = Score.of(traffic.events(), links).total();
        System.out.printf(
                Locale.ROOT,
                "%s seed %d %s: events %d right %d wrong %d provable %d missed %d precision %.4f recall %.4f %s%n",
                mix.name(),
                seed,
                system,
                score.events(),
                score.right(),
                score.wrong(),
                score.provable(),
                score.missed(),
                score.precision(),
                score.recall(),
                decidedBy.isEmpty() ? "" : faults(traffic, links, decidedBy));
        return score;
    }

    /** Wrong and missed links, by what they were and which rule decided. */
    private static Map<String, Integer> faults(
            Traffic traffic, Map<String, String> links, Map<String, String> decidedBy) {
        Map<String, Integer> faults = new TreeMap<>();
        for (TrueEvent event : traffic.events()) {
            String link = links.get(event.eventId());
            boolean right = link != null && link.equals(event.replayId());
            String what = event.kind().label() + " " + event.page().label() + " by " + decidedBy.get(event.eventId());
            if (link != null && !right) {
                faults.merge("wrong " + what, 1, Integer::sum);
            } else if (event.provable() && !right) {
                faults.merge("missed " + event.proofs() + " " + what, 1, Integer::sum);
            }
        }
        return faults;
    }
}
