package io.replaylinker.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the chart hands on to Prometheus and Grafana: the files that are shipped, as {@code --set-file} would bring them in. */
class HelmWatchingTest {

    private static final Path ALERTS = Path.of("prometheus", "alerts.yml");
    private static final Path DASHBOARD = Path.of("grafana", "replay-linker.json");

    @TempDir
    private static Path folder = Path.of("");

    @BeforeAll
    static void prepare() throws IOException {
        Path values = RenderedChart.prepare(folder).resolve("values.yaml");
        String given = Files.readString(values)
                .replace(
                        "  rules: \"\"\n",
                        "  rules: |\n" + Files.readString(ALERTS).indent(4))
                .replace(
                        "  dashboard: \"\"\n",
                        "  dashboard: |\n" + Files.readString(DASHBOARD).indent(4));
        Files.writeString(values, given);
    }

    @Test
    void shouldMakeARuleOfTheAlerts() throws IOException {
        long alerts = Files.readAllLines(ALERTS).stream()
                .filter(line -> line.strip().startsWith("- alert:"))
                .count();

        PrometheusRule rule = RenderedChart.with(folder).only(PrometheusRule.class);

        assertThat(rule.getSpec().getGroups().stream().flatMap(group -> group.getRules().stream()))
                .filteredOn(part -> part.getAlert() != null)
                .hasSize((int) alerts)
                .anySatisfy(
                        part -> assertThat(part.getAnnotations().get("summary")).contains("{{ $labels."));
    }

    @Test
    void shouldHandTheDashboardToGrafanasSidecar() throws IOException {
        String dashboard = Files.readString(DASHBOARD);

        assertThat(RenderedChart.with(folder).all(ConfigMap.class))
                .filteredOn(map -> "1".equals(map.getMetadata().getLabels().get("grafana_dashboard")))
                .singleElement()
                .satisfies(map ->
                        assertThat(map.getData().get("replay-linker.json")).isEqualToIgnoringWhitespace(dashboard));
    }
}
