package io.replaylinker.testkit.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A key with its certificate, of a server or of a client that authenticates with it. */
public final class Identity {

    private static final char[] NO_PASSWORD = {};

    private final Path pem;
    private final PrivateKey key;
    private final List<Certificate> chain;

    Identity(Path pem, PrivateKey key, Certificate[] chain) {
        this.pem = pem;
        this.key = key;
        this.chain = List.of(chain);
    }

    /** The key and the certificate chain in one PEM file. */
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
                pem.resolveSibling("encrypted-" + pem.getFileName()), Pem.encrypted(key, password) + Pem.of(chain));
    }

    SSLContext context() {
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, NO_PASSWORD);
            keys.setKeyEntry("server", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, NO_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
