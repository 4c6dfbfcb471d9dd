package io.replaylinker.tools.check;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replaylinker.runtime.cli.CommandFailedException;
import io.replaylinker.runtime.wiring.TopicsWiring;
import io.replaylinker.testkit.tls.CertificateAuthority;
import io.replaylinker.testkit.tls.TlsFront;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the check says, and what a start says, when no encrypted connection comes about. Behind the fronts is nothing: so far nobody gets. */
class TlsFindingsIT {

    private static final int NOTHING = 1;
    private static final List<String> HERE = List.of("localhost", "127.0.0.1");

    @TempDir
    private static Path folder = Path.of("");

    private static CertificateAuthority company;
    private static CertificateAuthority stranger;
    private static TlsFront right;
    private static TlsFront ofAnotherName;
    private static TlsFront expired;
    private static ServerSocket plain;

    @BeforeAll
    static void start() throws IOException {
        company = CertificateAuthority.create(folder, "company");
        stranger = CertificateAuthority.create(folder, "stranger");
        right = TlsFront.of(NOTHING, company.issue("right", HERE));
        ofAnotherName = TlsFront.of(NOTHING, company.issue("other", List.of("server.example.com")));
        expired = TlsFront.of(NOTHING, company.issueExpired("expired", HERE));
        plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread refusing = new Thread(TlsFindingsIT::refuse, "plain-http");
        refusing.setDaemon(true);
        refusing.start();
    }

    @AfterAll
    static void stop() throws IOException {
        plain.close();
        expired.close();
        ofAnotherName.close();
        right.close();
    }

    /** As servers without TLS answer to a handshake, which is no request to them. */
    private static void refuse() {
        try {
            while (true) {
                try (Socket socket = plain.accept();
                        OutputStream out = socket.getOutputStream()) {
                    out.write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                    socket.shutdownOutput();
                    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                }
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    @Test
    void shouldReportWhatIsWrongBetweenUsAndKafka() throws Exception {
        assertKafka(
                settings(right, stranger),
                "its certificate is not signed by a trusted authority",
                "kafka.ssl.truststore.location");
        assertKafka(
                settings(ofAnotherName, company),
                "its certificate is for another name (No subject alternative DNS name matching localhost found",
                "address it by a name in its certificate");
        assertKafka(settings(expired, company), "its certificate has expired (NotAfter: ", "renew it");
        assertKafka(settings(plain.getLocalPort(), company), "the port does not use TLS", "kafka.security.protocol");
    }

    @Test
    void shouldReportThatAPortMayWantTls() throws Exception {
        Map<String, String> settings = Map.of(
                "kafka.bootstrap.servers",
                "localhost:" + right.port(),
                "kafka.admin.default.api.timeout.ms",
                "1500",
                "kafka.admin.request.timeout.ms",
                "1500");

        assertKafka(settings, "no broker answers at localhost:" + right.port(), "kafka.security.protocol");
    }

    @Test
    void shouldReportWhatIsWrongWithTheFiles() throws Exception {
        Map<String, String> settings = settings(right, company);
        settings.remove("kafka.ssl.truststore.type");
        Looking.at(kafka(settings)).assertFound(Severity.PROBLEM, "client", "", "set the type of the file");

        settings.put("kafka.ssl.truststore.location", "/nowhere.pem");
        Looking.at(kafka(settings)).assertFound(Severity.PROBLEM, "client", "/nowhere.pem");
    }

    @Test
    void shouldReportWhatIsWrongBetweenUsAndTheRegistry() throws Exception {
        String another = "its certificate is for another name (No subject alternative DNS name matching localhost";

        assertRegistry(
                registry(right, stranger),
                "its certificate is not signed by a trusted authority",
                "schema.registry.ssl.truststore.location");
        assertRegistry(registry(ofAnotherName, company), another, "address it by a name in its certificate");
        assertRegistry(registry(expired, company), "its certificate has expired (NotAfter: ", "renew it");
        assertRegistry(
                Map.of("schema.registry.url", "http://localhost:" + right.port()),
                "it does not respond in HTTP",
                "with http:// if not");
        assertRegistry(
                Map.of("schema.registry.url", "https://localhost:" + plain.getLocalPort()),
                "the port does not use TLS",
                "with http:// if not");
    }

    @Test
    void shouldReportWhatIsWrongBetweenUsAndClickHouse() throws Exception {
        assertClickHouse(
                clickHouse(right, stranger),
                "its certificate is not signed by a trusted authority",
                "clickhouse.ca-certificates");
        assertClickHouse(
                clickHouse(ofAnotherName, company),
                "its certificate is for another name (Certificate for <localhost> doesn't match",
                "address it by a name in its certificate");
        assertClickHouse(clickHouse(expired, company), "its certificate has expired (NotAfter: ", "renew it");
        assertClickHouse(
                Map.of("clickhouse.url", "https://localhost:" + plain.getLocalPort()),
                "the port does not use TLS",
                "with http:// if not");
        assertClickHouse(
                Map.of("clickhouse.url", "http://localhost:" + right.port()),
                "it does not respond in HTTP",
                "with http:// if not");
    }

    private static Map<String, String> settings(TlsFront front, CertificateAuthority trusted) {
        return settings(front.port(), trusted);
    }

    private static Map<String, String> settings(int port, CertificateAuthority trusted) {
        return new HashMap<>(Map.of(
                "kafka.bootstrap.servers",
                "localhost:" + port,
                "kafka.security.protocol",
                "SSL",
                "kafka.ssl.truststore.type",
                "PEM",
                "kafka.ssl.truststore.location",
                trusted.certificate().toString()));
    }

    private static Map<String, String> registry(TlsFront front, CertificateAuthority trusted) {
        return Map.of(
                "schema.registry.url",
                "https://localhost:" + front.port(),
                "schema.registry.ssl.truststore.location",
                trusted.certificate().toString());
    }

    private static Map<String, String> clickHouse(TlsFront front, CertificateAuthority trusted) {
        return Map.of(
                "clickhouse.url",
                "https://localhost:" + front.port(),
                "clickhouse.ca-certificates",
                trusted.certificate().toString());
    }

    private static KafkaCheck kafka(Map<String, String> settings) {
        return CheckWiring.kafka(Looking.read(settings), Clock.systemUTC());
    }

    /** The check and the start say the same. */
    private static void assertKafka(Map<String, String> settings, String found, String remedy) throws Exception {
        Looking.at(kafka(settings)).assertFound(Severity.PROBLEM, "brokers", found, remedy);
        assertThatThrownBy(() -> new TopicsWiring(Looking.read(settings)).prepare())
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContainingAll("Kafka cannot be asked for its topics: ", found, remedy);
    }

    private static void assertRegistry(Map<String, String> settings, String found, String remedy) throws Exception {
        Looking.at(CheckWiring.registry(Looking.read(settings)))
                .assertFound(Severity.PROBLEM, "registry", found, remedy);
    }

    private static void assertClickHouse(Map<String, String> settings, String found, String remedy) throws Exception {
        Looking.at(CheckWiring.clickHouse(Looking.read(settings), Clock.systemUTC()))
                .assertFound(Severity.PROBLEM, "server", found, remedy);
    }
}
