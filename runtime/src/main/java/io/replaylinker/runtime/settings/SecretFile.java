package io.replaylinker.runtime.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that holds one secret, as container platforms mount them. */
final class SecretFile {

    static final String SUFFIX = ".file";
    private static final int MOST_BYTES = 64 << 10;

    private SecretFile() {}

    /**
     * The text in it without blanks around it.
     *
     * @throws IOException if it cannot be read, or holds nothing, too much, or no text
     */
    static String read(String path) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(Path.of(path))) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        }
        if (bytes.length > MOST_BYTES) {
            throw new IOException("it has more than 64 KiB, which no secret has");
        }
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString()
                .strip();
        if (text.isEmpty()) {
            throw new IOException("it is empty");
        }
        return text;
    }
}
