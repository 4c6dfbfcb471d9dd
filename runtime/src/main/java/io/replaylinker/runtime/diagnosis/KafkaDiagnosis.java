package io.replaylinker.runtime.diagnosis;

import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SslAuthenticationException;

/** Diagnoses why Kafka does not answer. */
public final class KafkaDiagnosis {

    private static final String OAUTH = "oauthbearer";

    private KafkaDiagnosis() {}

    /**
     * Diagnoses an exception of a client.
     *
     * @param at address of Kafka, as {@code " at kafka1:9092"}, or empty
     */
    public static Diagnosis of(Throwable failure, String at) {
        Optional<Diagnosis> tls = TlsDiagnosis.of(failure, Peer.KAFKA);
        if (tls.isPresent()) {
            return new Diagnosis(
                    "no encrypted connection to Kafka" + at + ": " + tls.get().found(),
                    tls.get().remedy());
        }
        String reason = Reason.of(failure);
        if (failure instanceof SslAuthenticationException) {
            return new Diagnosis(
                    "no encrypted connection to Kafka" + at + ": " + reason,
                    "check kafka.ssl.truststore.location, the worker's own certificate, and the broker's names in its"
                            + " certificate");
        }
        if (failure instanceof AuthenticationException) {
            return new Diagnosis(
                    "Kafka" + at + " refuses the login: " + reason,
                    "check kafka.sasl.mechanism and kafka.sasl.jaas.config");
        }
        if (isOfClient(failure)) {
            return new Diagnosis("no Kafka client can be created: " + reason, ofSettings(reason));
        }
        if (failure instanceof AuthorizationException) {
            return new Diagnosis(
                    "Kafka" + at + " denied access: " + reason, "give the user the rights that deploy/kafka lists");
        }
        if (failure instanceof ApiException && !(failure instanceof RetriableException)) {
            return new Diagnosis("Kafka" + at + " refuses: " + reason, "check the brokers' logs");
        }
        return new Diagnosis(
                "no broker answers" + at + ": " + reason,
                "check kafka.bootstrap.servers and the network; and kafka.security.protocol, because a listener answers only in"
                        + " its own way, with TLS or without, with a login or without");
    }

    /** Whether it was thrown while a client was created from settings, before any request. */
    public static boolean isOfClient(Throwable failure) {
        return failure.getClass() == KafkaException.class;
    }

    private static String ofSettings(String reason) {
        if (reason.contains("PBES2")) {
            return "this Java and Kafka cannot read how the key is encrypted: take the key from a PKCS12 file"
                    + " (kafka.ssl.keystore.type=PKCS12), or encrypt it with openssl pkcs8 -topk8 -v1 PBE-SHA1-3DES";
        }
        if (reason.contains("keystore format") || reason.contains("toDerInputStream")) {
            return "set the type of the file: kafka.ssl.truststore.type and kafka.ssl.keystore.type are PEM, PKCS12 or JKS";
        }
        if (reason.contains(OAUTH)) {
            return "check kafka.sasl.oauthbearer.token.endpoint.url, and the client's id and secret in kafka.sasl.jaas.config";
        }
        return "fix the settings under kafka.";
    }
}
