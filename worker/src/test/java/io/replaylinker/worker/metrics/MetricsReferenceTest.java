package io.replaylinker.worker.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds what is written about metrics to their table. */
class MetricsReferenceTest {

    /** Surefire starts in the module's folder. */
    private static final Path ROOT = Path.of("..");

    private static final Path PAGE = ROOT.resolve("docs/metrics.md");
    private static final String ALERTS = "deploy/prometheus/alerts.yml";
    private static final String DASHBOARD = "deploy/grafana/replay-linker.json";
    private static final String RENEW = "mvn -q test -pl worker -am -Dtest=MetricsReferenceTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.renew=true";
    private static final Pattern OURS = Pattern.compile("replay_linker_[a-z_]+");
    private static final Pattern SELECTED = Pattern.compile("(replay_linker_[a-z_]+)\\{([^}]*)}");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)\\s*(=~|!=|=)");

    @Test
    void shouldMatchTheCode() throws IOException {
        String page = MetricsReference.page(Files.readString(ROOT.resolve(ALERTS)));
        if (Boolean.getBoolean("docs.renew")) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.readString(PAGE))
                .as("docs/metrics.md is generated from the table of metrics; renew it with: %s", RENEW)
                .isEqualTo(page);
    }

    @Test
    void shouldNameEachMetricOnce() {
        assertThat(Metrics.ALL).extracting(Metric::name).doesNotHaveDuplicates();
        assertThat(Metrics.ALL)
                .extracting(Metric::meter)
                .doesNotHaveDuplicates()
                .allMatch(OURS.asMatchPredicate());
    }

    @ParameterizedTest
    @ValueSource(strings = {ALERTS, DASHBOARD})
    void shouldAskOnlyForMetricsThatThereAre(String file) throws IOException {
        Set<String> series =
                Metrics.ALL.stream().flatMap(metric -> metric.series().stream()).collect(Collectors.toSet());

        assertThat(OURS.matcher(Files.readString(ROOT.resolve(file))).results().map(MatchResult::group))
                .isNotEmpty()
                .isSubsetOf(series);
    }

    @ParameterizedTest
    @ValueSource(strings = {ALERTS, DASHBOARD})
    void shouldSelectByLabelsThatThereAre(String file) throws IOException {
        String text = Files.readString(ROOT.resolve(file)).replace("\\\"", "\"");

        assertThat(SELECTED.matcher(text).results()).isNotEmpty().allSatisfy(selected -> {
            Set<String> labels = Metrics.ALL.stream()
                    .filter(metric -> metric.series().contains(selected.group(1)))
                    .flatMap(metric -> metric.labels().stream())
                    .collect(Collectors.toSet());
            assertThat(LABEL.matcher(selected.group(2)).results().map(label -> label.group(1)))
                    .as(selected.group())
                    .allMatch(label -> labels.contains(label) || label.equals("instance"));
        });
    }

    @Test
    void shouldHaveADashboardThatIsJson() throws IOException {
        int tokens = 0;
        try (JsonParser parser =
                new JsonFactory().createParser(ROOT.resolve(DASHBOARD).toFile())) {
            while (parser.nextToken() != null) {
                tokens++;
            }
        }

        assertThat(tokens).isGreaterThan(100);
    }
}
