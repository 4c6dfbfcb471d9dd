package io.replaylinker.testkit.tls;

import io.replaylinker.embedded.PartUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A private certificate authority, such as companies run. The JDK's keytool makes keys and certificates in half a second each. They are
 * stored in a folder of the caller.
 */
public final class CertificateAuthority {

    /** The password of keytool's key stores. Their contents need no protection. */
    private static final String PASSWORD = "changeit";

    private static final String ROOT = "root";

    private final Path folder;
    private final Path store;
    private final Path certificate;

    private CertificateAuthority(Path folder, Path store, Path certificate) {
        this.folder = folder;
        this.store = store;
        this.certificate = certificate;
    }

    /**
     * Creates a new certificate authority.
     *
     * @param folder existing folder; the names of the files in it begin with the name
     * @param name one word
     */
    public static CertificateAuthority create(Path folder, String name) {
        Path store = folder.resolve(name + ".p12");
        Path certificate = folder.resolve(name + ".pem");
        keytool(store, ROOT, name, List.of("-ext", "bc:c", "-ext", "ku:c=keyCertSign,cRLSign", "-validity", "30"));
        CertificateAuthority authority = new CertificateAuthority(folder, store, certificate);
        write(certificate, Pem.of(List.of(authority.chain(ROOT)[0])));
        return authority;
    }

    /** Its own certificate as PEM, for trust stores. */
    public Path certificate() {
        return certificate;
    }

    /**
     * Issues a key with a certificate that is valid for a month.
     *
     * @param name one word, new for this authority
     * @param alternativeNames in keytool's form: {@code dns:localhost,ip:127.0.0.1}
     */
    public Identity issue(String name, String alternativeNames) {
        return issue(name, alternativeNames, List.of("-validity", "30"));
    }

    /** Like {@link #issue}, with a certificate that was valid for one day and has expired. */
    public Identity issueExpired(String name, String alternativeNames) {
        return issue(name, alternativeNames, List.of("-startdate", "-2d", "-validity", "1"));
    }

    private Identity issue(String name, String alternativeNames, List<String> validity) {
        List<String> options = new ArrayList<>(List.of("-signer", ROOT, "-ext", "san=" + alternativeNames));
        options.addAll(validity);
        keytool(store, name, name, options);
        Certificate[] chain = chain(name);
        PrivateKey key = key(name);
        Path pem = folder.resolve(name + ".pem");
        write(pem, Pem.of(key) + Pem.of(List.of(chain)));
        return new Identity(pem, key, chain);
    }

    private static void keytool(Path store, String alias, String commonName, List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-alias",
                alias,
                "-dname",
                "CN=" + commonName,
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD));
        command.addAll(options);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new PartUnavailableException("keytool makes no certificate: " + output);
            }
        } catch (IOException e) {
            throw new PartUnavailableException(
                    "keytool cannot be run, which a JDK has in its bin: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PartUnavailableException("interrupted while keytool makes a certificate", e);
        }
    }

    private Certificate[] chain(String alias) {
        try {
            return Objects.requireNonNull(load().getCertificateChain(alias));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private PrivateKey key(String alias) {
        try {
            return (PrivateKey) load().getKey(alias, PASSWORD.toCharArray());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyStore load() throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
