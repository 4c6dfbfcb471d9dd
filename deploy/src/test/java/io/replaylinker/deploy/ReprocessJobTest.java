package io.replaylinker.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
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
        PodTemplateSpec worker = RenderedChart.template(chart, "join");
        PodTemplateSpec run = example.only(Job.class).getSpec().getTemplate();

        assertThat(mounts(run)).isEqualTo(mounts(worker));
        assertThat(RenderedChart.container(run).getSecurityContext())
                .isEqualTo(RenderedChart.container(worker).getSecurityContext());
        assertThat(run.getSpec().getVolumes().get(0).getConfigMap().getName())
                .isEqualTo(chart.only(ConfigMap.class).getMetadata().getName().replace("rel-", "linker-"));
    }

    /** The pod that replaces a lost one begins again, and has to mean the same. */
    @Test
    void shouldMeanTheSameRangeInAnotherPod() throws IOException {
        Manifests example = Manifests.of(Files.readString(Path.of("reprocess", "job.yaml")));
        List<String> arguments = RenderedChart.container(
                        example.only(Job.class).getSpec().getTemplate())
                .getArgs();

        assertThat(arguments).startsWith("reprocess", "--config").contains("--from", "--to");
        assertThat(Instant.parse(arguments.get(arguments.indexOf("--from") + 1)))
                .isBefore(Instant.parse(arguments.get(arguments.indexOf("--to") + 1)));
    }

    private static Map<String, String> mounts(PodTemplateSpec template) {
        return RenderedChart.container(template).getVolumeMounts().stream()
                .collect(Collectors.toMap(VolumeMount::getName, VolumeMount::getMountPath));
    }
}
