package io.replaylinker.testkit.visits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether the truth of the simulation can be found by rules that know nothing of it. */
class PlainRulesTest {

    private static final long SEED = 20_261_130;

    static List<Mix> mixes() {
        return Mixes.all();
    }

    @ParameterizedTest
    @MethodSource("mixes")
    void shouldFindWhatIsProvable(Mix mix) {
        for (long seed = SEED; seed < SEED + Integer.getInteger("seeds", 1); seed++) {
            run(mix, seed, false);
            run(mix, seed, true);
        }
    }

    private static void run(Mix mix, long SEED, boolean refined) {
        Traffic traffic = VisitGenerator.generate(mix, SEED);
        PlainRules rules = new PlainRules(new Dump(traffic.messages()), refined);

        Map<String, String> links = rules.links();
        Score score = Score.of(traffic.events(), links);

        Score.Line sdk =
                Score.of(traffic.events(), Baselines.sdkIdAlone(traffic)).total();
        Score.Line trace =
                Score.of(traffic.events(), Baselines.anyTraceMatch(traffic)).total();
        System.out.println(String.format(
                Locale.ROOT,
                "%-20s " + refined
                        + " seed %d events %d msgs %d right %d wrong %d provable %d missed %d | P %.4f R %.4f | sdk P %.4f R %.4f | trace P %.4f R %.4f",
                mix.name(),
                SEED,
                traffic.events().size(),
                traffic.messages().size(),
                score.total().right(),
                score.total().wrong(),
                score.total().provable(),
                score.total().missed(),
                score.total().precision(),
                score.total().recall(),
                sdk.precision(),
                sdk.recall(),
                trace.precision(),
                trace.recall()));
        Map<String, Integer> why = new TreeMap<>();
        for (TrueEvent event : traffic.events()) {
            String link = links.get(event.eventId());
            boolean correct = link != null && link.equals(event.replayId());
            if (link != null && !correct) {
                why.merge(
                        "WRONG " + event.kind() + " " + event.page() + " by " + rules.decidedBy.get(event.eventId())
                                + (event.replayId() == null ? " none" : " other"),
                        1,
                        Integer::sum);
            }
            if (event.provable() && !correct) {
                why.merge(
                        "MISSED " + event.kind() + " " + event.page() + " " + event.proofs() + " by "
                                + rules.decidedBy.get(event.eventId()),
                        1,
                        Integer::sum);
            }
        }
        why.forEach((k, v) -> System.out.println("      " + v + " " + k));
        assertThat(score.total().precision()).isGreaterThanOrEqualTo(0);
    }

    @Test
    void shouldPrintKnobs() {
        System.out.println(VisitGenerator.generate(Mixes.all().get(3), SEED).knobs());
    }
}
