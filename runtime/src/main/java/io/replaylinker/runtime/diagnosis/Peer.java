package io.replaylinker.runtime.diagnosis;

/** The servers that we may talk to over TLS, and the settings that have to do with it. */
public enum Peer {
    KAFKA(
            "set kafka.ssl.truststore.location to a file with the certificate of the authority that signed it"
                    + " (kafka.ssl.truststore.type=PEM where that is a text)",
            "set a client certificate that it accepts in kafka.ssl.keystore.location",
            "set a TLS port in kafka.bootstrap.servers, or set kafka.security.protocol to PLAINTEXT or SASL_PLAINTEXT"),
    REGISTRY(
            "set schema.registry.ssl.truststore.location to a file with the certificate of the authority that signed it",
            "set a client certificate that it accepts in schema.registry.ssl.keystore.location",
            "set schema.registry.url to an address with https:// if the server uses TLS, and with http:// if not"),
    CLICKHOUSE(
            "set clickhouse.ca-certificates to a PEM file with the certificate of the authority that signed it",
            "configure it to require a password instead of a client certificate, which the worker does not have",
            "set clickhouse.url to an address with https:// if the server uses TLS, and with http:// if not");

    final String trustRemedy;
    final String certificateRemedy;
    final String protocolRemedy;

    Peer(String trustRemedy, String certificateRemedy, String protocolRemedy) {
        this.trustRemedy = trustRemedy;
        this.certificateRemedy = certificateRemedy;
        this.protocolRemedy = protocolRemedy;
    }
}
