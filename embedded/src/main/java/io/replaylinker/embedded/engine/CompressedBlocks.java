package io.replaylinker.embedded.engine;

import com.clickhouse.data.ClickHouseCityHash;
import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jpountz.lz4.LZ4Factory;

/**
 * Reads a request body in ClickHouse's compressed blocks ({@code decompress=1}): CityHash128 of the following bytes (16 bytes), method (1),
 * packed size including this header of 9 bytes (4, little-endian), unpacked size (4), packed bytes. Methods: 0x02 none, 0x82 LZ4, 0x90
 * ZSTD, which clickhouse-jdbc 0.11 sends.
 */
final class CompressedBlocks extends InputStream {

    private static final int CHECKSUM_BYTES = 16;
    private static final int HEADER_BYTES = 9;
    private static final int MAX_BLOCK_BYTES = 1 << 30;
    private static final byte NONE = 0x02;
    private static final byte LZ4 = (byte) 0x82;
    private static final byte ZSTD = (byte) 0x90;
    private static final int CHECKSUM_DOESNT_MATCH = 40;

    private final InputStream in;
    private ByteArrayInputStream block = new ByteArrayInputStream(new byte[0]);

    CompressedBlocks(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        return block.available() > 0 || nextBlock() ? block.read() : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        return block.available() > 0 || nextBlock() ? block.read(buffer, offset, length) : -1;
    }

    private boolean nextBlock() throws IOException {
        byte[] start = in.readNBytes(CHECKSUM_BYTES + HEADER_BYTES);
        if (start.length == 0) {
            return false;
        }
        if (start.length < CHECKSUM_BYTES + HEADER_BYTES) {
            throw new EOFException("the body ends inside a block's header");
        }
        ByteBuffer header = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
        int packedSize = size(header.getInt(CHECKSUM_BYTES + 1));
        int unpackedSize = size(header.getInt(CHECKSUM_BYTES + 5));
        // The checksum includes the header, so both stay in one array.
        byte[] packed = new byte[packedSize];
        System.arraycopy(start, CHECKSUM_BYTES, packed, 0, HEADER_BYTES);
        if (in.readNBytes(packed, HEADER_BYTES, packedSize - HEADER_BYTES) < packedSize - HEADER_BYTES) {
            throw new EOFException("the body ends inside a block");
        }
        verify(header, packed);
        block = new ByteArrayInputStream(unpack(packed, unpackedSize));
        return true;
    }

    private static int size(int value) throws IOException {
        if (value < 0 || value > MAX_BLOCK_BYTES) {
            throw new IOException("a block of " + Integer.toUnsignedString(value) + " bytes is too large");
        }
        return value;
    }

    // Deprecated with the whole older client. The newer client does not export its copy.
    @SuppressWarnings("deprecation")
    private static void verify(ByteBuffer header, byte[] packed) {
        long[] hash = ClickHouseCityHash.cityHash128(packed, 0, packed.length);
        if (header.getLong(0) != hash[0] || header.getLong(Long.BYTES) != hash[1]) {
            throw EngineException.of(
                    CHECKSUM_DOESNT_MATCH, "Checksum doesn't match: corrupted data", "CHECKSUM_DOESNT_MATCH");
        }
    }

    private static byte[] unpack(byte[] packed, int unpackedSize) throws IOException {
        byte[] unpacked = new byte[unpackedSize];
        int length = packed.length - HEADER_BYTES;
        switch (packed[0]) {
            case NONE -> System.arraycopy(packed, HEADER_BYTES, unpacked, 0, unpackedSize);
            case LZ4 ->
                LZ4Factory.fastestJavaInstance()
                        .safeDecompressor()
                        .decompress(packed, HEADER_BYTES, length, unpacked, 0);
            case ZSTD -> {
                long size = Zstd.decompressByteArray(unpacked, 0, unpackedSize, packed, HEADER_BYTES, length);
                if (Zstd.isError(size)) {
                    throw new IOException("a ZSTD block cannot be unpacked: " + Zstd.getErrorName(size));
                }
            }
            default -> throw new IOException("unknown compression method " + Integer.toHexString(packed[0] & 0xff));
        }
        return unpacked;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
