package io.replaylinker.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the chart hands on to Prometheus and Grafana. */
class HelmWatchingTest {

    private static final String RULES = """
            groups:
              - name: replay-linker
                rules:
                  - alert: Away
                    expr: up == 0
                    for: 5m
                    labels: {severity: page}
                    annotations: {summary: "{{ $labels.instance }} is away"}
            """;

    @TempDir
    private static Path folder = Path.of("");

    @BeforeAll
    static void prepare() throws IOException {
        RenderedChart.prepare(folder);
    }

    @Test
    void shouldMakeARuleOfTheAlertFile() {
        Manifests manifests = RenderedChart.with(folder, "prometheusRule.rules", RULES.replace(",", "\\,"));

        assertThat(manifests.only(PrometheusRule.class).getSpec().getGroups())
                .singleElement()
                .satisfies(group -> assertThat(group.getRules()).singleElement().satisfies(rule -> assertThat(
                                rule.getAnnotations())
                        .containsEntry("summary", "{{ $labels.instance }} is away")));
    }

    @Test
    void shouldHandTheDashboardToGrafanasSidecar() {
        String dashboard = "{\"title\": \"replay-linker\"}\n";

        List<ConfigMap> maps =
                RenderedChart.with(folder, "grafana.dashboard", dashboard).all(ConfigMap.class);

        assertThat(maps)
                .filteredOn(map -> "1".equals(map.getMetadata().getLabels().get("grafana_dashboard")))
                .singleElement()
                .satisfies(map -> assertThat(map.getData()).containsEntry("replay-linker.json", dashboard));
    }
}
