package io.replaylinker.deploy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Kubernetes manifests read strictly into Kubernetes' own types: a field that a type does not have is an error. */
final class Manifests {

    private static final Map<String, Class<? extends HasMetadata>> TYPES = Map.ofEntries(
            Map.entry("v1/ConfigMap", ConfigMap.class),
            Map.entry("v1/Service", Service.class),
            Map.entry("v1/ServiceAccount", ServiceAccount.class),
            Map.entry("apps/v1/Deployment", Deployment.class),
            Map.entry("batch/v1/Job", Job.class),
            Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
            Map.entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("monitoring.coreos.com/v1/PrometheusRule", PrometheusRule.class),
            Map.entry("monitoring.coreos.com/v1/ServiceMonitor", ServiceMonitor.class));

    private static final YAMLMapper YAML = new YAMLMapper(new YAMLFactory());

    /** The types take unknown fields into a map, for servers newer than they; here such a field is a typing mistake. */
    private static final ObjectMapper STRICT = new ObjectMapper()
            .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, true)
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1L;

                @Override
                public Boolean hasAnySetter(Annotated method) {
                    return false;
                }
            });

    private final List<JsonNode> documents = new ArrayList<>();
    private final List<HasMetadata> resources = new ArrayList<>();

    private Manifests() {}

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException naming the manifest that does not fit its type
     */
    static Manifests of(String yaml) {
        Manifests manifests = new Manifests();
        try (MappingIterator<JsonNode> parts = YAML.readerFor(JsonNode.class).readValues(yaml)) {
            while (parts.hasNext()) {
                manifests.add(parts.next());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return manifests;
    }

    private void add(JsonNode document) {
        if (!document.isObject()) {
            return;
        }
        documents.add(document);
        String kind = document.path("apiVersion").asText() + "/"
                + document.path("kind").asText();
        Class<? extends HasMetadata> type = TYPES.get(kind);
        if (type != null) {
            try {
                resources.add(STRICT.treeToValue(document, type));
            } catch (IOException e) {
                throw new IllegalArgumentException(
                        kind + " " + document.path("metadata").path("name").asText() + ": " + e.getMessage(), e);
            }
        }
    }

    <T extends HasMetadata> List<T> all(Class<T> type) {
        return resources.stream().filter(type::isInstance).map(type::cast).toList();
    }

    <T extends HasMetadata> T only(Class<T> type) {
        List<T> found = all(type);
        if (found.size() != 1) {
            throw new AssertionError("expected one " + type.getSimpleName() + ", found " + found.size());
        }
        return found.get(0);
    }

    /** One of a kind that Kubernetes' types do not cover. */
    Optional<JsonNode> ofKind(String kind) {
        return first(document -> document.path("kind").asText().equals(kind));
    }

    Optional<JsonNode> named(String name) {
        return first(document -> document.path("metadata").path("name").asText().equals(name));
    }

    private Optional<JsonNode> first(Predicate<JsonNode> which) {
        return documents.stream().filter(which).findFirst();
    }

    /** What every document is, as {@code Deployment rel-replay-linker-join}. */
    List<String> names() {
        return documents.stream()
                .map(document -> document.path("kind").asText() + " "
                        + document.path("metadata").path("name").asText())
                .toList();
    }
}
