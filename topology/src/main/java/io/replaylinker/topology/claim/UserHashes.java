package io.replaylinker.topology.claim;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Keyed hashes of users and their network addresses: 64 bits of HMAC-SHA256. Equal hashes show that two sides name the
 * same one; without the key nothing can be read from them. All workers of an installation need the same key. Not
 * thread-safe.
 */
public final class UserHashes {

    private static final String ALGORITHM = "HmacSHA256";
    private static final byte USER = 'u';
    private static final byte ADDRESS = 'a';
    private static final String BYTE = "(25[0-5]|2[0-4]\\d|[01]?\\d?\\d)";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
    private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9a-fA-F:][0-9a-fA-F:.]*");

    private final Mac mac;

    /**
     * Prepares hashing.
     *
     * @param key of any length above 0; kept secret
     * @throws IllegalArgumentException if the key is empty
     */
    public UserHashes(byte[] key) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /**
     * Hash of a user's id; null for none. Surrounding blanks are ignored; ids that differ otherwise are different
     * users.
     */
    public @Nullable Long user(@Nullable String id) {
        String stripped = id == null ? "" : id.strip();
        return stripped.isEmpty() ? null : hash(USER, stripped.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Hash of a network address, in any spelling. Null when it is missing or not an address, and for loopback,
     * link-local and private addresses: those are of a proxy as often as of a user.
     */
    public @Nullable Long address(@Nullable String address) {
        String stripped = address == null ? "" : address.strip();
        if (stripped.isEmpty() || !isLiteral(stripped)) {
            return null;
        }
        try {
            InetAddress parsed = InetAddress.getByName(stripped);
            return isOfNobody(parsed) ? null : hash(ADDRESS, parsed.getAddress());
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /**
     * Whether {@link InetAddress} parses the text as an address literal or refuses it. Any other text would cause a
     * slow DNS lookup.
     */
    static boolean isLiteral(String address) {
        return IPV4.matcher(address).matches() || IPV6.matcher(address).matches();
    }

    private static boolean isOfNobody(InetAddress address) {
        boolean uniqueLocal = address.getAddress().length == 16 && (address.getAddress()[0] & 0xfe) == 0xfc;
        return uniqueLocal
                || address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress();
    }

    private long hash(byte kind, byte[] value) {
        mac.update(kind);
        return ByteBuffer.wrap(mac.doFinal(value)).getLong();
    }
}
