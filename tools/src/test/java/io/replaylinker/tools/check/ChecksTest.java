package io.replaylinker.tools.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ChecksTest {

    @Test
    void shouldReportWhatIsThereWhenAnAreaNeverEnds() throws Exception {
        AreaCheck endless = area(Area.KAFKA, findings -> {
            findings.ok("brokers", "there");
            new CountDownLatch(1).await();
        });
        AreaCheck quick = area(Area.CLICKHOUSE, findings -> findings.ok("server", "there"));
        List<List<Finding>> reported = new ArrayList<>();

        List<Finding> all = new Checks(List.of(endless, quick), Duration.ofMillis(200)).run(reported::add);

        assertThat(all).extracting(Finding::subject).containsExactly("brokers", "time", "server");
        assertThat(reported).hasSize(2);
        assertThat(Report.summary(all)).isEqualTo("1 problem, 0 warnings");
    }

    @Test
    void shouldTurnWhatNobodyThoughtOfIntoAProblem() throws Exception {
        AreaCheck broken = area(Area.REGISTRY, findings -> {
            throw new IllegalStateException("wrapped", new IOException("the\nreason"));
        });

        List<Finding> all = new Checks(List.of(broken), Duration.ofSeconds(10)).run(area -> {});

        assertThat(all)
                .containsExactly(
                        new Finding(Severity.PROBLEM, Area.REGISTRY, "this check", "failed: the", "see the log"));
    }

    @Test
    void shouldPutEachRemedyBelowWhatItMends() {
        Findings findings = new Findings(Area.KAFKA);
        findings.ok("brokers", "3 brokers");
        findings.problem("topic events", "does not exist", "create it");
        findings.skipped("groups", "nobody answers");

        assertThat(Report.lines(findings.soFar()))
                .containsExactly(
                        "Kafka",
                        "  ok       brokers       3 brokers",
                        "  problem  topic events  does not exist",
                        "                         -> create it",
                        "  skipped  groups        not checked, because nobody answers",
                        "");
        assertThat(Report.summary(findings.soFar())).isEqualTo("1 problem, 0 warnings, 1 not checked");
    }

    private static AreaCheck area(Area area, Look look) {
        return new AreaCheck() {
            @Override
            public Area area() {
                return area;
            }

            @Override
            public void look(Findings findings) throws Exception {
                look.at(findings);
            }
        };
    }

    private interface Look {
        void at(Findings findings) throws Exception;
    }
}
