package io.replaylinker.testkit.tls;

import java.util.HashMap;
import java.util.Map;

/**
 * Broker settings of an embedded Kafka with two more listeners beside the plain one: {@value #TLS}, which requires client certificates, and
 * {@value #LOGIN}, which requires a login over TLS.
 */
public final class SecureListeners {

    /** Protocol SSL. */
    public static final String TLS = "TLS";

    /** Protocol SASL_SSL. */
    public static final String LOGIN = "LOGIN";

    /** The names that Kafka's own test kit gives its two listeners. */
    private static final String PLAIN = "EXTERNAL";

    private static final String CONTROLLER = "CONTROLLER";
    private static final String LOGIN_SETTING = "listener.name.login.";

    private final Map<String, String> properties = new HashMap<>();

    /**
     * Listeners that present a server identity.
     *
     * @param clients the authority that signs client certificates
     */
    public SecureListeners(Identity server, CertificateAuthority clients) {
        properties.put(
                "listeners",
                "%s://localhost:0,%s://localhost:0,%s://localhost:0,%s://localhost:0"
                        .formatted(PLAIN, CONTROLLER, TLS, LOGIN));
        properties.put(
                "listener.security.protocol.map",
                "%s:PLAINTEXT,%s:PLAINTEXT,%s:SSL,%s:SASL_SSL".formatted(PLAIN, CONTROLLER, TLS, LOGIN));
        properties.put("ssl.keystore.type", "PEM");
        properties.put("ssl.keystore.location", server.pem().toString());
        properties.put("ssl.truststore.type", "PEM");
        properties.put("ssl.truststore.location", clients.certificate().toString());
        properties.put("listener.name.tls.ssl.client.auth", "required");
    }

    /** Allows a user to log in with a password. */
    public SecureListeners password(String user, String password) {
        mechanism("PLAIN");
        properties.put(
                LOGIN_SETTING + "plain.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required user_%s=\"%s\";"
                        .formatted(user, password));
        return this;
    }

    /** Allows clients to log in with tokens of a server. */
    public SecureListeners tokens(TokenServer server) {
        mechanism("OAUTHBEARER");
        properties.put(
                LOGIN_SETTING + "oauthbearer.sasl.jaas.config",
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;");
        properties.put(
                LOGIN_SETTING + "oauthbearer.sasl.server.callback.handler.class",
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler");
        properties.put(LOGIN_SETTING + "oauthbearer.sasl.oauthbearer.jwks.endpoint.url", server.keysUrl());
        properties.put(LOGIN_SETTING + "oauthbearer.sasl.oauthbearer.expected.audience", TokenServer.AUDIENCE);
        properties.put(LOGIN_SETTING + "oauthbearer.sasl.oauthbearer.expected.issuer", server.issuer());
        return this;
    }

    private void mechanism(String name) {
        properties.merge(LOGIN_SETTING + "sasl.enabled.mechanisms", name, (some, more) -> some + "," + more);
    }

    /** The settings for {@link io.replaylinker.embedded.EmbeddedKafka#start(Map)}. */
    public Map<String, String> properties() {
        return Map.copyOf(properties);
    }
}
