package io.replaylinker.runtime.diagnosis;

/** The servers that we may talk to over TLS, and the settings that have to do with it. */
public enum Peer {
    KAFKA(
            "let kafka.ssl.truststore.location be a file with the certificate of the authority that signed it"
                    + " (kafka.ssl.truststore.type=PEM where that is a text)",
            "give the worker a certificate that it takes in kafka.ssl.keystore.location",
            "name a port with TLS in kafka.bootstrap.servers, or let kafka.security.protocol be PLAINTEXT or SASL_PLAINTEXT"),
    REGISTRY(
            "let schema.registry.ssl.truststore.location be a file with the certificate of the authority that signed it",
            "give the worker a certificate that it takes in schema.registry.ssl.keystore.location",
            "let schema.registry.url begin with http:// where there is no TLS and with https:// where there is"),
    CLICKHOUSE(
            "let clickhouse.ca-certificates be a PEM file with the certificate of the authority that signed it",
            "let it ask for a password and not for a certificate, which the worker has none of",
            "let clickhouse.url begin with http:// where there is no TLS and with https:// where there is");

    final String trustRemedy;
    final String certificateRemedy;
    final String protocolRemedy;

    Peer(String trustRemedy, String certificateRemedy, String protocolRemedy) {
        this.trustRemedy = trustRemedy;
        this.certificateRemedy = certificateRemedy;
        this.protocolRemedy = protocolRemedy;
    }
}
