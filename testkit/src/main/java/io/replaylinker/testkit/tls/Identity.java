package io.replaylinker.testkit.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.net.ssl.SSLContext;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** A key with its certificate, of a server or of a client that authenticates with it. */
public final class Identity {

    /** The algorithm of {@code openssl pkcs8 -topk8 -v1 PBE-SHA1-3DES}. Kafka on JDK 17 does not read newer ones. */
    private static final String CIPHER = "PBEWithSHA1AndDESede";

    private final Path pem;
    private final HeldCertificate held;

    Identity(Path pem, HeldCertificate held) {
        this.pem = pem;
        this.held = held;
    }

    /** The key and the certificate in one PEM file. */
    public Path pem() {
        return pem;
    }

    /**
     * Writes the same file with an encrypted key beside it.
     *
     * @throws IOException if it cannot be written
     */
    public Path encryptedPem(String password) throws IOException {
        return Files.writeString(
                pem.resolveSibling("encrypted-" + pem.getFileName()),
                encrypted(held.keyPair().getPrivate(), password) + held.certificatePem());
    }

    /** The library writes no encrypted keys. */
    private static String encrypted(PrivateKey key, String password) throws IOException {
        try {
            SecretKey secret =
                    SecretKeyFactory.getInstance(CIPHER).generateSecret(new PBEKeySpec(password.toCharArray()));
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(Cipher.ENCRYPT_MODE, secret);
            byte[] encrypted = cipher.doFinal(key.getEncoded());
            byte[] bytes = new EncryptedPrivateKeyInfo(cipher.getParameters(), encrypted).getEncoded();
            Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
            return "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
                    + new String(lines.encode(bytes), StandardCharsets.US_ASCII)
                    + "\n-----END ENCRYPTED PRIVATE KEY-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    SSLContext context() {
        return new HandshakeCertificates.Builder().heldCertificate(held).build().sslContext();
    }
}
