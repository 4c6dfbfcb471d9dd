package io.replaylinker.worker.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The secret that a client must send. Programs send it as {@code Authorization: Bearer}. Browsers send it as the password of any user: they
 * can prompt for that without a cookie and without the secret in an address.
 */
final class AccessToken {

    /** Challenge that makes a browser prompt for the password. */
    static final String CHALLENGE = "Basic realm=\"replay-linker\", charset=\"UTF-8\"";

    private static final String BEARER = "bearer ";
    private static final String BASIC = "basic ";

    private final byte @Nullable [] token;

    /** With null every client may read. */
    AccessToken(@Nullable String token) {
        this.token = token == null ? null : token.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the value of an Authorization header, null if missing, holds the token; the comparison takes constant time. */
    boolean isShownBy(@Nullable String authorization) {
        if (token == null) {
            return true;
        }
        return authorization != null && MessageDigest.isEqual(token, secretOf(authorization));
    }

    private static byte[] secretOf(String authorization) {
        if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return authorization.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8);
        }
        if (authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return passwordOf(authorization.substring(BASIC.length()).strip());
        }
        return new byte[0];
    }

    private static byte[] passwordOf(String userAndPassword) {
        try {
            String decoded = new String(Base64.getDecoder().decode(userAndPassword), StandardCharsets.UTF_8);
            return decoded.substring(decoded.indexOf(':') + 1).getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
