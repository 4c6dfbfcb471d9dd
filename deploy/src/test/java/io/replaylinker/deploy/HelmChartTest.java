package io.replaylinker.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chart through Helm itself, and what it renders against Kubernetes' types. */
class HelmChartTest {

    private static final String ADVERTISED = "REPLAY_LINKER_HTTP_ADVERTISED";

    @TempDir
    private static Path folder = Path.of("");

    @BeforeAll
    static void turnHookIntoManifest() throws IOException {
        RenderedChart.prepare(folder);
    }

    @Test
    void shouldPassHelmsOwnLint() {
        LintResult result = new Helm(RenderedChart.SOURCE).lint().strict().call();

        assertThat(result.isFailed()).as(result.getMessages().toString()).isFalse();
    }

    @Test
    void shouldRunJoinAndSinkApartByDefault() {
        Manifests manifests = rendered();

        assertThat(manifests.names())
                .containsExactlyInAnyOrder(
                        "ServiceAccount rel-replay-linker",
                        "ConfigMap rel-replay-linker",
                        "Service rel-replay-linker-join",
                        "Service rel-replay-linker-sink",
                        "Deployment rel-replay-linker-join",
                        "Deployment rel-replay-linker-sink",
                        "PodDisruptionBudget rel-replay-linker-join",
                        "PodDisruptionBudget rel-replay-linker-sink",
                        "Job rel-replay-linker-tables");
        assertThat(RenderedChart.env(RenderedChart.template(manifests, "join")))
                .containsEntry("REPLAY_LINKER_ROLES", "join");
        assertThat(RenderedChart.env(RenderedChart.template(manifests, "sink")))
                .containsEntry("REPLAY_LINKER_ROLES", "sink");
    }

    @Test
    void shouldAnnounceEachPodUnderItsOwnAddress() {
        Manifests manifests = rendered("http.port", "9000");

        for (String part : List.of("join", "sink")) {
            Container worker = RenderedChart.container(RenderedChart.template(manifests, part));
            assertThat(worker.getEnv()).extracting(EnvVar::getName).containsSubsequence("POD_IP", ADVERTISED);
            assertThat(RenderedChart.env(RenderedChart.template(manifests, part)))
                    .containsEntry(ADVERTISED, "$(POD_IP):9000");
        }
    }

    @Test
    void shouldRunBothInOneDeployment() {
        Manifests manifests = rendered("sink.separate", "false");

        assertThat(manifests.all(Deployment.class)).hasSize(1);
        assertThat(manifests.all(Service.class)).hasSize(1);
        assertThat(manifests.all(PodDisruptionBudget.class)).hasSize(1);
        assertThat(RenderedChart.env(RenderedChart.template(manifests, "join")))
                .containsEntry("REPLAY_LINKER_ROLES", "join,sink");
    }

    @Test
    void shouldTakeAwayWhatNoPodNeeds() {
        Manifests manifests = rendered();

        assertThat(manifests.only(ServiceAccount.class).getAutomountServiceAccountToken())
                .isFalse();
        assertThat(RenderedChart.templates(manifests)).as("pods").hasSize(3).allSatisfy(template -> {
            assertThat(template.getSpec().getAutomountServiceAccountToken()).isFalse();
            assertThat(template.getSpec().getSecurityContext().getRunAsNonRoot())
                    .isTrue();
            assertThat(template.getSpec()
                            .getSecurityContext()
                            .getSeccompProfile()
                            .getType())
                    .isEqualTo("RuntimeDefault");
            Container container = template.getSpec().getContainers().get(0);
            assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                    .isTrue();
            assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                    .isFalse();
            assertThat(container.getSecurityContext().getCapabilities().getDrop())
                    .containsExactly("ALL");
            assertThat(container.getResources().getLimits()).containsKey("memory");
        });
    }

    @Test
    void shouldAskTheWorkerHowItIs() {
        Container worker = RenderedChart.container(RenderedChart.template(rendered(), "join"));

        assertThat(worker.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/livez");
        assertThat(worker.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/readyz");
        assertThat(worker.getStartupProbe().getHttpGet().getPath()).isEqualTo("/livez");
    }

    @Test
    void shouldWriteSettingsAsTheyAreMeant() throws IOException {
        Manifests manifests = rendered(
                "config.kafka\\.message\\.max\\.bytes", "50000000",
                "config.dead-letters\\.max-share", "0.25",
                "config.avro\\.pattern", "a\\d");

        assertThat(RenderedChart.settings(manifests))
                .containsEntry("kafka.bootstrap.servers", "kafka:9092")
                .containsEntry("kafka.message.max.bytes", "50000000")
                .containsEntry("dead-letters.max-share", "0.25")
                .containsEntry("avro.pattern", "a\\d")
                .containsEntry("http.bind", "0.0.0.0");
    }

    @Test
    void shouldGiveSecretsAsFiles() {
        Manifests manifests = rendered(
                "secrets.existingSecret",
                "keys",
                "secrets.settings.clickhouse\\.password",
                "ch",
                "secrets.settings.http\\.token",
                "token",
                "serviceMonitor.enabled",
                "true");

        assertThat(RenderedChart.env(RenderedChart.template(manifests, "join")))
                .containsEntry("REPLAY_LINKER_CLICKHOUSE_PASSWORD_FILE", "/etc/replay-linker-secrets/ch")
                .containsEntry("REPLAY_LINKER_HTTP_TOKEN_FILE", "/etc/replay-linker-secrets/token");
        assertThat(RenderedChart.env(manifests.only(Job.class).getSpec().getTemplate()))
                .containsEntry("REPLAY_LINKER_CLICKHOUSE_PASSWORD_FILE", "/etc/replay-linker-secrets/ch")
                .doesNotContainKey("REPLAY_LINKER_HTTP_TOKEN_FILE");
        assertThat(manifests
                        .only(ServiceMonitor.class)
                        .getSpec()
                        .getEndpoints()
                        .get(0)
                        .getAuthorization()
                        .getCredentials()
                        .getKey())
                .isEqualTo("token");
    }

    @Test
    void shouldMakeTheTablesAsAnotherUser() {
        Manifests manifests = rendered(
                "tables.user", "ddl", "tables.existingSecret", "ddl-keys", "config.clickhouse\\.user", "writer");

        Job job = manifests.only(Job.class);
        assertThat(RenderedChart.env(job.getSpec().getTemplate()))
                .containsEntry("REPLAY_LINKER_CLICKHOUSE_USER", "ddl")
                .containsEntry("REPLAY_LINKER_CLICKHOUSE_URL", "http://clickhouse:8123")
                .containsEntry(
                        "REPLAY_LINKER_CLICKHOUSE_PASSWORD_FILE", "/etc/replay-linker-secrets/clickhouse-password")
                .doesNotContainKey("REPLAY_LINKER_KAFKA_BOOTSTRAP_SERVERS");
        assertThat(rendered("tables.apply", "false").all(Job.class)).isEmpty();
    }

    @Test
    void shouldMountTheFilesOfASecretThatHoldsNoPassword() {
        Job job = rendered(
                        "secrets.existingSecret",
                        "keys",
                        "config.clickhouse\\.ca-certificates",
                        "/etc/replay-linker-secrets/ca.pem")
                .only(Job.class);

        assertThat(RenderedChart.env(job.getSpec().getTemplate()))
                .containsEntry("REPLAY_LINKER_CLICKHOUSE_CA_CERTIFICATES", "/etc/replay-linker-secrets/ca.pem")
                .doesNotContainKey("REPLAY_LINKER_CLICKHOUSE_PASSWORD_FILE");
        assertThat(job.getSpec().getTemplate().getSpec().getVolumes()).anySatisfy(volume -> {
            assertThat(volume.getSecret()).isNotNull();
            assertThat(volume.getSecret().getSecretName()).isEqualTo("keys");
        });
    }

    @Test
    void shouldScaleTheSinkByTheLagOfItsTopics() {
        Manifests manifests =
                rendered("sink.keda.enabled", "true", "config.application\\.id", "linker", "config.links\\.topic", "l");

        assertThat(RenderedChart.deployment(manifests, "sink").getSpec().getReplicas())
                .isNull();
        assertThat(manifests.ofKind("ScaledObject").orElseThrow().at("/spec/triggers"))
                .extracting(trigger -> trigger.at("/metadata/consumerGroup").asText() + " reads "
                        + trigger.at("/metadata/topic").asText())
                .containsExactly(
                        "linker-links-sink reads l",
                        "linker-states-sink reads replay-states",
                        "linker-trace-nodes-sink reads trace-nodes",
                        "linker-unlinked-sink reads replay-unlinked");
    }

    @Test
    void shouldNotScaleTheSinkByATopicThatIsNotWritten() {
        Manifests manifests = rendered("sink.keda.enabled", "true", "config.context\\.nodes", "off");

        assertThat(manifests.ofKind("ScaledObject").orElseThrow().at("/spec/triggers"))
                .extracting(trigger -> trigger.at("/metadata/topic").asText())
                .containsExactly("replay-links", "replay-states", "replay-unlinked");
    }

    @Test
    void shouldKeepNothingOnDisk() {
        PodTemplateSpec join = RenderedChart.template(rendered(), "join");

        assertThat(join.getSpec().getVolumes()).extracting(Volume::getName).containsExactly("settings", "tmp");
        assertThat(RenderedChart.container(join).getVolumeMounts())
                .extracting(VolumeMount::getMountPath)
                .containsExactly("/etc/replay-linker", "/tmp");
    }

    /** Until the last pod's state is read again elsewhere, the next one has to stay. */
    @Test
    void shouldReplaceOnePodOfTheJoinAfterAnother() {
        DeploymentSpec join =
                RenderedChart.deployment(rendered("join.replicas", "4"), "join").getSpec();

        assertThat(join.getReplicas()).isEqualTo(4);
        assertThat(join.getStrategy().getRollingUpdate().getMaxUnavailable().getIntVal())
                .isZero();
        assertThat(join.getStrategy().getRollingUpdate().getMaxSurge().getIntVal())
                .isOne();
        assertThat(join.getMinReadySeconds()).isPositive();
    }

    /** The rule of docs/operations.md, by the image's share of the heap. */
    @Test
    void shouldLeaveTheHeapRoomForTheState() throws IOException {
        Manifests manifests = rendered();
        Matcher share =
                Pattern.compile("MaxRAMPercentage=(\\d+)").matcher(Files.readString(Path.of("..", "Dockerfile")));
        assertThat(share.find()).isTrue();
        long heap = Quantity.getAmountInBytes(RenderedChart.container(RenderedChart.template(manifests, "join"))
                                .getResources()
                                .getLimits()
                                .get("memory"))
                        .longValueExact()
                * Integer.parseInt(share.group(1))
                / 100;
        String state = RenderedChart.settings(manifests).getProperty("state.memory");

        assertThat(state).endsWith("m");
        assertThat(heap).isGreaterThanOrEqualTo((Long.parseLong(state.replace("m", "")) * 3 / 2 + 256) << 20);
    }

    @Test
    void shouldLetOnlyPeersInWhereConfigured() {
        NetworkPolicy policy = rendered(
                        "networkPolicy.enabled",
                        "true",
                        "networkPolicy.ingressFrom[0].namespaceSelector.matchLabels.team",
                        "watch")
                .only(NetworkPolicy.class);

        assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress");
        assertThat(policy.getSpec()
                        .getIngress()
                        .get(0)
                        .getFrom()
                        .get(0)
                        .getNamespaceSelector()
                        .getMatchLabels())
                .containsEntry("team", "watch");
        assertThat(policy.getSpec()
                        .getIngress()
                        .get(0)
                        .getFrom()
                        .get(1)
                        .getPodSelector()
                        .getMatchLabels())
                .as("the pods themselves")
                .containsEntry("app.kubernetes.io/instance", "rel");
    }

    @Test
    void shouldReportWhatIsMissing() {
        assertThatThrownBy(() -> new Helm(RenderedChart.SOURCE)
                        .template()
                        .withName("rel")
                        .call())
                .hasMessageContaining("config.\"kafka.bootstrap.servers\" must be set");
        assertThatThrownBy(() -> rendered("secrets.settings.http\\.token", "token"))
                .hasMessageContaining("secrets.existingSecret must name the Secret");
    }

    @Test
    void shouldRefuseWhatItDoesNotKnow() {
        assertThatThrownBy(() -> rendered("join.replica", "3")).hasMessageContaining("replica");
        assertThatThrownBy(() -> rendered("join.persistence.enabled", "true")).hasMessageContaining("persistence");
        assertThatThrownBy(() -> rendered("join.staticMembership", "true")).hasMessageContaining("staticMembership");
        assertThatThrownBy(() -> rendered("join.sessionTimeoutSeconds", "120"))
                .hasMessageContaining("sessionTimeoutSeconds");
        assertThatThrownBy(() -> rendered("log.format", "xml")).hasMessageContaining("format");
        assertThatThrownBy(() -> rendered("config.roles", "sink"))
                .hasMessageContaining("config.roles: is set by the chart itself");
    }

    private static Manifests rendered(String... values) {
        return RenderedChart.with(folder, values);
    }
}
