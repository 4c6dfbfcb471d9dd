package io.replaylinker.runtime.trouble;

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
 * Why no encrypted connection comes about. Java tells it in the words of those who wrote it, in the innermost of several exceptions, and
 * not always in one of a class of its own.
 */
public final class TlsTrouble {

    private static final Pattern OTHER_NAME = Pattern.compile("subject alternative|doesn't match|No name matching");
    private static final Pattern REFUSED = Pattern.compile(
            "alert: (bad_certificate|certificate_\\w+|unknown_ca|unsupported_certificate|access_denied)");
    private static final Pattern NO_TLS = Pattern.compile("Unsupported or unrecognized SSL|Unrecognized SSL message");
    /** Of clients that ask for plain HTTP and are answered in TLS. */
    private static final Pattern NO_HTTP = Pattern.compile("Invalid status line|Invalid protocol version");

    private TlsTrouble() {}

    /** Empty when it is something else. */
    public static Optional<Trouble> of(Throwable failure, Peer peer) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(0, cause);
        }
        return causes.stream()
                .map(cause -> ofOne(cause, peer))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Trouble> ofOne(Throwable cause, Peer peer) {
        String words = String.valueOf(cause.getMessage());
        if (cause instanceof CertificateExpiredException) {
            return trouble("its certificate has expired (" + words + ")", "renew it; or set this machine's clock");
        }
        if (cause instanceof CertificateNotYetValidException) {
            return trouble("its certificate does not hold yet (" + words + ")", "set the clocks of both machines");
        }
        if (cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException) {
            return trouble("its certificate is of no authority that is trusted here", peer.trustIt);
        }
        boolean ofTls = cause instanceof SSLException || cause instanceof CertificateException;
        if (ofTls && OTHER_NAME.matcher(words).find()) {
            return trouble(
                    "its certificate is for another name (" + words + ")",
                    "address it by a name in its certificate, or have the name added there");
        }
        if (ofTls && REFUSED.matcher(words).find()) {
            return trouble("it wants a certificate of us, or does not trust ours (" + words + ")", peer.showIt);
        }
        if (ofTls && NO_TLS.matcher(words).find()) {
            return trouble("it does not speak TLS there", peer.speakTheSame);
        }
        if (NO_HTTP.matcher(words).find()) {
            return trouble("it does not answer in HTTP, as a port that wants TLS", peer.speakTheSame);
        }
        return Optional.empty();
    }

    private static Optional<Trouble> trouble(String found, String remedy) {
        return Optional.of(new Trouble(found, remedy));
    }
}
