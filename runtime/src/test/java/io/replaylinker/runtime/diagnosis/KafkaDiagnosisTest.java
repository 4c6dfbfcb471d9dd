package io.replaylinker.runtime.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.junit.jupiter.api.Test;

class KafkaDiagnosisTest {

    @Test
    void shouldReportWhatToDoAboutSettingsOfWhichNoClientCanBeMade() {
        KafkaException encrypted = failed("PBES2 SecretKeyFactory not available");
        KafkaException otherFormat = failed("Invalid keystore format");

        assertThat(diagnose(encrypted)).contains("no Kafka client can be created: PBES2", "PBE-SHA1-3DES");
        assertThat(diagnose(otherFormat)).contains("kafka.ssl.truststore.type and kafka.ssl.keystore.type");
        assertThat(diagnose(failed("whatever"))).endsWith("whatever; fix the settings under kafka.");
    }

    @Test
    void shouldDistinguishLoginTlsRightsAndSilence() {
        assertThat(diagnose(new UnsupportedSaslMechanismException("no SCRAM")))
                .isEqualTo(
                        "Kafka at k:9092 refuses the login: no SCRAM; check kafka.sasl.mechanism and kafka.sasl.jaas.config");
        assertThat(diagnose(new SslAuthenticationException("handshake failed")))
                .startsWith("no encrypted connection to Kafka at k:9092: handshake failed; check kafka.ssl.truststore");
        assertThat(diagnose(new TopicAuthorizationException("not authorized")))
                .startsWith("Kafka at k:9092 denied access: not authorized; give the user the rights");
        assertThat(diagnose(new TimeoutException("timed out")))
                .startsWith("no broker answers at k:9092: timed out; check");
    }

    @Test
    void shouldReportACertificateThatDoesNotHoldYet() {
        Throwable early = new SSLHandshakeException("PKIX path validation failed")
                .initCause(new CertificateNotYetValidException("NotBefore: tomorrow"));

        assertThat(diagnose(new SslAuthenticationException("SSL handshake failed", early)))
                .contains("its certificate is not valid yet (NotBefore: tomorrow)", "set the clocks");
    }

    private static KafkaException failed(String why) {
        return new KafkaException("Failed to create new KafkaAdminClient", new IllegalStateException(why));
    }

    private static String diagnose(Throwable failure) {
        return KafkaDiagnosis.of(failure, " at k:9092").toString();
    }
}
