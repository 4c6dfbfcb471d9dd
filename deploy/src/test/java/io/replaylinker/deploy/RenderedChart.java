package io.replaylinker.deploy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The chart as {@code helm template} makes it of values, and the parts of it that tests look at. */
final class RenderedChart {

    static final Path SOURCE = Path.of("helm", "replay-linker");

    private static final Map<String, String> REQUIRED = Map.of(
            "config.kafka\\.bootstrap\\.servers", "kafka:9092",
            "config.schema\\.registry\\.url", "http://registry:8081");

    private RenderedChart() {}

    /** Copies the chart, and tells where to. The library renders no hooks, so the copy has its hook as a plain manifest. */
    static Path prepare(Path folder) throws IOException {
        Path copy = copyIn(folder);
        try (Stream<Path> files = Files.walk(SOURCE)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(SOURCE.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Path tables = copy.resolve("templates").resolve("tables.yaml");
        List<String> plain = Files.readAllLines(tables).stream()
                .filter(line -> !line.contains("helm.sh/hook"))
                .toList();
        Files.write(tables, plain);
        return copy;
    }

    /**
     * Renders the copy.
     *
     * @param values names and values in turn, as {@code --set} takes them, over those that must be set
     */
    static Manifests with(Path folder, String... values) {
        TemplateCommand template =
                new Helm(copyIn(folder)).template().withName("rel").withNamespace("linker");
        REQUIRED.forEach(template::set);
        for (int i = 0; i < values.length; i += 2) {
            template.set(values[i], values[i + 1]);
        }
        return Manifests.of(template.call());
    }

    private static Path copyIn(Path folder) {
        return folder.resolve("chart");
    }

    /** The one of a part, which is join or sink. */
    static Deployment deployment(Manifests manifests, String part) {
        return manifests.all(Deployment.class).stream()
                .filter(deployment ->
                        part.equals(deployment.getMetadata().getLabels().get("app.kubernetes.io/component")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no Deployment of " + part));
    }

    static PodTemplateSpec template(Manifests manifests, String part) {
        return deployment(manifests, part).getSpec().getTemplate();
    }

    static List<PodTemplateSpec> templates(Manifests manifests) {
        return Stream.of(
                        manifests.all(Deployment.class).stream()
                                .map(deployment -> deployment.getSpec().getTemplate()),
                        manifests.all(Job.class).stream()
                                .map(job -> job.getSpec().getTemplate()))
                .flatMap(parts -> parts)
                .toList();
    }

    static Container container(PodTemplateSpec template) {
        return template.getSpec().getContainers().get(0);
    }

    static Map<String, String> env(PodTemplateSpec template) {
        return container(template).getEnv().stream()
                .collect(Collectors.toMap(
                        EnvVar::getName, variable -> variable.getValue() == null ? "" : variable.getValue()));
    }

    static Properties settings(Manifests manifests) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(
                manifests.only(ConfigMap.class).getData().getOrDefault("replay-linker.properties", "")));
        return properties;
    }
}
