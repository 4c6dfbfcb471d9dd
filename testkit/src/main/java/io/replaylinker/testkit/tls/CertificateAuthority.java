package io.replaylinker.testkit.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import okhttp3.tls.HeldCertificate;

/** A private certificate authority, such as companies run. Its certificates are stored as PEM in a folder of the caller. */
public final class CertificateAuthority {

    private static final Duration VALIDITY = Duration.ofDays(30);

    private final Path folder;
    private final HeldCertificate root;
    private final Path certificate;

    private CertificateAuthority(Path folder, HeldCertificate root, Path certificate) {
        this.folder = folder;
        this.root = root;
        this.certificate = certificate;
    }

    /**
     * Creates a new certificate authority.
     *
     * @param folder existing folder; the names of the files in it begin with the name
     * @param name one word
     */
    public static CertificateAuthority create(Path folder, String name) {
        Instant now = Instant.now();
        HeldCertificate root = valid(now, now.plus(VALIDITY))
                .commonName(name)
                .certificateAuthority(0)
                .build();
        return new CertificateAuthority(folder, root, write(folder.resolve(name + ".pem"), root.certificatePem()));
    }

    /** Its own certificate as PEM, for trust stores. */
    public Path certificate() {
        return certificate;
    }

    /**
     * Issues a key with a certificate that is valid for a month.
     *
     * @param name one word, new for this authority
     * @param alternativeNames host names and IP addresses
     */
    public Identity issue(String name, List<String> alternativeNames) {
        Instant now = Instant.now();
        return issue(name, alternativeNames, valid(now, now.plus(VALIDITY)));
    }

    /** Like {@link #issue}, with a certificate that was valid for one day and has expired. */
    public Identity issueExpired(String name, List<String> alternativeNames) {
        Instant yesterday = Instant.now().minus(Duration.ofDays(1));
        return issue(name, alternativeNames, valid(yesterday.minus(Duration.ofDays(1)), yesterday));
    }

    private Identity issue(String name, List<String> alternativeNames, HeldCertificate.Builder builder) {
        builder.commonName(name).signedBy(root);
        alternativeNames.forEach(builder::addSubjectAlternativeName);
        HeldCertificate held = builder.build();
        Path pem = folder.resolve(name + ".pem");
        return new Identity(write(pem, held.privateKeyPkcs8Pem() + held.certificatePem()), held);
    }

    private static HeldCertificate.Builder valid(Instant from, Instant to) {
        return new HeldCertificate.Builder().validityInterval(from.toEpochMilli(), to.toEpochMilli());
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
