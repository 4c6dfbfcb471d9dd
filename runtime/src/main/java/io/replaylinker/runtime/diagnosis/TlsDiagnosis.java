package io.replaylinker.runtime.diagnosis;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * Finds out why an encrypted connection fails. Java reports the reason in developers' terms, in the innermost of several exceptions, and
 * not always in a class of its own.
 */
public final class TlsDiagnosis {

    private static final Pattern OTHER_NAME = Pattern.compile("subject alternative|doesn't match|No name matching");
    private static final Pattern REFUSED = Pattern.compile(
            "alert: (bad_certificate|certificate_\\w+|unknown_ca|unsupported_certificate|access_denied)");
    private static final Pattern NO_TLS = Pattern.compile("Unsupported or unrecognized SSL|Unrecognized SSL message");
    /** Messages of clients that use plain HTTP with a server that answers in TLS. */
    private static final Pattern NO_HTTP = Pattern.compile("Invalid status line|Invalid protocol version");

    private TlsDiagnosis() {}

    /** Empty when TLS is not the reason. */
    public static Optional<Diagnosis> of(Throwable failure, Peer peer) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(0, cause);
        }
        return causes.stream()
                .map(cause -> ofOne(cause, peer))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Diagnosis> ofOne(Throwable cause, Peer peer) {
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof CertificateExpiredException) {
            return diagnosis("its certificate has expired (" + message + ")", "renew it; or set this machine's clock");
        }
        if (cause instanceof CertificateNotYetValidException) {
            return diagnosis("its certificate is not valid yet (" + message + ")", "set the clocks of both machines");
        }
        if (cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException) {
            return diagnosis("its certificate is not signed by a trusted authority", peer.trustRemedy);
        }
        boolean ofTls = cause instanceof SSLException || cause instanceof CertificateException;
        if (ofTls && OTHER_NAME.matcher(message).find()) {
            return diagnosis(
                    "its certificate is for another name (" + message + ")",
                    "address it by a name in its certificate, or have the name added there");
        }
        if (ofTls && REFUSED.matcher(message).find()) {
            return diagnosis(
                    "it requires a client certificate, or does not trust the worker's (" + message + ")",
                    peer.certificateRemedy);
        }
        if (ofTls && NO_TLS.matcher(message).find()) {
            return diagnosis("the port does not use TLS", peer.protocolRemedy);
        }
        if (NO_HTTP.matcher(message).find()) {
            return diagnosis("it does not respond in HTTP, like a port that requires TLS", peer.protocolRemedy);
        }
        return Optional.empty();
    }

    private static Optional<Diagnosis> diagnosis(String found, String remedy) {
        return Optional.of(new Diagnosis(found, remedy));
    }
}
