package io.replaylinker.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of a run beside the chart. */
class ReprocessJobTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldFindWhatTheChartGivesItsOwnPods() throws IOException {
        RenderedChart.prepare(folder);
        Manifests chart = RenderedChart.with(folder, "secrets.existingSecret", "replay-linker");
        Manifests example = Manifests.of(Files.readString(Path.of("reprocess", "job.yaml")));
        PodTemplateSpec worker = chart.only(StatefulSet.class).getSpec().getTemplate();
        PodTemplateSpec run = example.only(Job.class).getSpec().getTemplate();

        assertThat(mounts(worker)).containsAllEntriesOf(mounts(run));
        assertThat(mounts(run)).containsOnlyKeys("settings", "secrets", "tmp");
        assertThat(RenderedChart.container(run).getSecurityContext())
                .isEqualTo(RenderedChart.container(worker).getSecurityContext());
        assertThat(run.getSpec().getVolumes().get(0).getConfigMap().getName())
                .isEqualTo(chart.only(ConfigMap.class).getMetadata().getName().replace("rel-", "linker-"));
    }

    /** So that the pod that replaces a lost one means the same events. */
    @Test
    void shouldNameItsRangeByTimes() throws IOException {
        Manifests example = Manifests.of(Files.readString(Path.of("reprocess", "job.yaml")));
        PodTemplateSpec run = example.only(Job.class).getSpec().getTemplate();

        assertThat(RenderedChart.container(run).getArgs())
                .startsWith("reprocess", "--config")
                .containsSubsequence("--from", "2026-11-21T04:45:00Z", "--to", "2026-11-21T07:45:00Z");
    }

    private static Map<String, String> mounts(PodTemplateSpec template) {
        return RenderedChart.container(template).getVolumeMounts().stream()
                .collect(Collectors.toMap(VolumeMount::getName, VolumeMount::getMountPath));
    }
}
