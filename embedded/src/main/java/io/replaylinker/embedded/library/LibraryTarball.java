package io.replaylinker.embedded.library;

import io.replaylinker.embedded.PartUnavailableException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.GZIPInputStream;

/**
 * An npm tarball. It is verified against its checksum and then searched for one file. The format is POSIX ustar (512-byte headers, name at
 * 0, octal size at 124) in gzip. npm writes plain short names, so extended headers are skipped.
 */
final class LibraryTarball {

    private static final int BLOCK = 512;
    private static final int NAME_LENGTH = 100;
    private static final int SIZE_OFFSET = 124;
    private static final int SIZE_LENGTH = 12;
    private static final int OCTAL = 8;
    private static final int BUFFER = 1 << 16;

    private final Path file;

    LibraryTarball(Path file) {
        this.file = file;
    }

    /** The SHA-512 in base64, in npm's form. */
    String sha512() throws IOException {
        try (InputStream in = Files.newInputStream(file);
                DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-512"))) {
            digest.transferTo(OutputStream.nullOutputStream());
            return Base64.getEncoder().encodeToString(digest.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-512", e);
        }
    }

    /** Writes the named entry to a file. */
    void extract(String entry, Path target) throws IOException {
        try (InputStream in = new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file)), BUFFER)) {
            byte[] header = in.readNBytes(BLOCK);
            while (header.length == BLOCK && header[0] != 0) {
                long size = size(header);
                if (name(header).equals(entry)) {
                    copy(in, size, target);
                    return;
                }
                in.skipNBytes((size + BLOCK - 1) / BLOCK * BLOCK);
                header = in.readNBytes(BLOCK);
            }
        }
        throw new PartUnavailableException("the package " + file.getFileName() + " has no " + entry
                + "; it is not the engine's package, so look at what npm's registry setting points to");
    }

    private static void copy(InputStream in, long size, Path target) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long left = size;
        try (OutputStream out = Files.newOutputStream(target)) {
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new EOFException("the tarball ends " + left + " bytes too early");
                }
                out.write(buffer, 0, read);
                left -= read;
            }
        }
    }

    private static String name(byte[] header) {
        int length = 0;
        while (length < NAME_LENGTH && header[length] != 0) {
            length++;
        }
        return new String(header, 0, length, StandardCharsets.UTF_8);
    }

    private static long size(byte[] header) throws IOException {
        String octal = new String(header, SIZE_OFFSET, SIZE_LENGTH, StandardCharsets.US_ASCII)
                .replace('\0', ' ')
                .strip();
        try {
            return Long.parseLong(octal, OCTAL);
        } catch (NumberFormatException e) {
            throw new IOException("no tar header where one must be", e);
        }
    }
}
