package io.replaylinker.tools.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.testkit.EmbeddedRegistry;
import io.replaylinker.testkit.tls.CertificateAuthority;
import io.replaylinker.testkit.tls.Identity;
import io.replaylinker.testkit.tls.SecureListeners;
import io.replaylinker.testkit.tls.TlsFront;
import io.replaylinker.testkit.tls.TokenServer;
import io.replaylinker.tools.Installation;
import io.replaylinker.tools.SentryMessages;
import io.replaylinker.tools.WorkerProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka, registry and ClickHouse over TLS with certificates of an authority of one's own, and all ways to log in. */
class TlsIT {

    private static final String ALLOWED = "org.apache.kafka.sasl.oauthbearer.allowed.urls";
    private static final String REPLAY = "80febf0fc6694c97a19f6d0dcb535556";
    private static final String EVENT = "1102497293404247906e36789ab85c79";
    private static final List<String> HERE = List.of("localhost", "127.0.0.1");

    @TempDir
    private static Path folder = Path.of("");

    private static CertificateAuthority company;
    private static Identity ofWorker;
    private static TokenServer tokens;
    private static TlsFront tokenFront;
    private static Installation installation;
    private static EmbeddedRegistry registry;
    private static TlsFront registryFront;
    private static TlsFront clickHouseFront;

    @BeforeAll
    static void start() throws IOException {
        company = CertificateAuthority.create(folder, "company");
        Identity server = company.issue("server", HERE);
        ofWorker = company.issue("worker", List.of("worker.example.com"));
        tokens = TokenServer.start("replay-linker", "s3cret");
        tokenFront = TlsFront.of(URI.create(tokens.issuer()).getPort(), server);
        System.setProperty(ALLOWED, tokens.keysUrl() + "," + tokenUrl());
        installation = Installation.start(new SecureListeners(server, company)
                .password("worker", "s3cret")
                .tokens(tokens)
                .properties());
        registry = EmbeddedRegistry.start();
        registryFront = TlsFront.of(URI.create(registry.url()).getPort(), server);
        clickHouseFront = TlsFront.of(installation.server().port(), server);
    }

    @AfterAll
    static void stop() throws IOException {
        System.clearProperty(ALLOWED);
        clickHouseFront.close();
        registryFront.close();
        registry.close();
        installation.close();
        tokenFront.close();
        tokens.close();
    }

    private static String tokenUrl() {
        return "https://localhost:" + tokenFront.port() + "/token";
    }

    @Test
    void shouldLinkWithTokensAndTlsEverywhere() throws Exception {
        Map<String, String> settings = secure(withToken("s3cret"));
        settings.put("schema.registry.url", "https://localhost:" + registryFront.port() + "/apis/ccompat/v7");
        settings.put(
                "schema.registry.ssl.truststore.location", company.certificate().toString());
        settings.put("clickhouse.url", "https://localhost:" + clickHouseFront.port());
        settings.put("clickhouse.ca-certificates", company.certificate().toString());
        Map<String, String> allowed = Map.of("JAVA_TOOL_OPTIONS", "-D" + ALLOWED + "=" + tokenUrl());

        assertThat(Looking.at(settings).bad())
                .filteredOn(finding -> finding.severity() == Severity.PROBLEM)
                .isEmpty();
        try (WorkerProcess worker = WorkerProcess.start(folder.resolve("run"), settings, allowed)) {
            installation.produce(Installation.REPLAYS, SentryMessages.segment(REPLAY));
            installation.produce(Installation.EVENTS, SentryMessages.eventOfReplay(EVENT, REPLAY));

            Installation.await("there is a link", () -> !installation.links().isEmpty(), worker);

            assertThat(worker.log()).doesNotContain("s3cret");
        }
    }

    @Test
    void shouldShowACertificateWhoseKeyIsEncrypted() throws Exception {
        Path password = Files.writeString(folder.resolve("key-password"), "geheim\n");
        Map<String, String> settings = secure(Map.of(
                "kafka.security.protocol",
                "SSL",
                "kafka.ssl.keystore.type",
                "PEM",
                "kafka.ssl.keystore.location",
                ofWorker.encryptedPem("geheim").toString(),
                "kafka.ssl.key.password.file",
                password.toString()));
        settings.put("kafka.bootstrap.servers", installation.kafka().bootstrapServers(SecureListeners.TLS));

        assertFine(settings);

        settings.keySet().removeIf(name -> name.contains(".ssl.key"));
        Looking.at(kafka(settings))
                .assertFound(
                        Severity.PROBLEM,
                        "brokers",
                        "it requires a client certificate, or does not trust the worker's",
                        "kafka.ssl.keystore.location");
    }

    @Test
    void shouldTakeTrustAsTextAndALoginFromAFile() throws Exception {
        Path jaas = Files.writeString(
                folder.resolve("jaas"),
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"worker\" password=\"s3cret\";");
        Map<String, String> settings = secure(Map.of(
                "kafka.security.protocol", "SASL_SSL",
                "kafka.sasl.mechanism", "PLAIN",
                "kafka.sasl.jaas.config.file", jaas.toString()));
        settings.remove("kafka.ssl.truststore.location");
        settings.put("kafka.ssl.truststore.certificates", Files.readString(company.certificate()));

        assertFine(settings);

        Files.writeString(jaas, Files.readString(jaas).replace("plain.Plain", "scram.Scram"));
        settings.put("kafka.sasl.mechanism", "SCRAM-SHA-512");
        Looking.at(kafka(settings))
                .assertFound(
                        Severity.PROBLEM,
                        "brokers",
                        "refuses the login: ",
                        "check kafka.sasl.mechanism and kafka.sasl");
    }

    @Test
    void shouldReportThatTheTokenServerRefuses() throws Exception {
        Looking looking = Looking.at(kafka(secure(withToken("wrong"))));

        looking.assertFound(
                Severity.PROBLEM, "client", "The response code 401", "kafka.sasl.oauthbearer.token.endpoint.url");
        assertThat(looking.findings().toString()).doesNotContain("wrong\"");
    }

    private static Map<String, String> withToken(String secret) {
        return Map.of(
                "kafka.security.protocol",
                "SASL_SSL",
                "kafka.sasl.mechanism",
                "OAUTHBEARER",
                "kafka.sasl.login.callback.handler.class",
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler",
                "kafka.sasl.oauthbearer.token.endpoint.url",
                tokenUrl(),
                "kafka.sasl.jaas.config",
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required"
                        + " clientId=\"replay-linker\" clientSecret=\"" + secret + "\""
                        + " ssl.truststore.type=PEM ssl.truststore.location=\"" + company.certificate() + "\";");
    }

    private static Map<String, String> secure(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(installation.settings(folder, more));
        settings.put("kafka.bootstrap.servers", installation.kafka().bootstrapServers(SecureListeners.LOGIN));
        settings.put("kafka.ssl.truststore.type", "PEM");
        settings.put("kafka.ssl.truststore.location", company.certificate().toString());
        return settings;
    }

    private static KafkaCheck kafka(Map<String, String> settings) {
        return CheckWiring.kafka(Looking.read(settings), Clock.systemUTC());
    }

    private static void assertFine(Map<String, String> settings) throws InterruptedException {
        Looking looking = Looking.at(kafka(settings));
        looking.assertFound(Severity.OK, "brokers", "1 broker");
        assertThat(looking.findings()).extracting(Finding::severity).doesNotContain(Severity.PROBLEM);
    }
}
