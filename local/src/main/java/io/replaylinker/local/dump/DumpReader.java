package io.replaylinker.local.dump;

import com.fasterxml.jackson.core.JacksonException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Reads a dump as {@code kcat -C -J} writes it: one JSON object a line. A line that is not a record is reported and skipped: dumps get cut
 * off at their end and mixed with kcat's own messages, and the rest is still worth linking.
 */
public final class DumpReader {

    private static final int READ_BYTES = 1 << 16;

    private final String source;
    private final InputStream input;

    /**
     * Prepares to read one dump.
     *
     * @param source name for messages
     * @param input left open
     */
    public DumpReader(String source, InputStream input) {
        this.source = source;
        this.input = input instanceof BufferedInputStream ? input : new BufferedInputStream(input, READ_BYTES);
    }

    /** Reads to the end; each line becomes a record for the topic it came from, with its timestamp, or a problem, or is blank. */
    public void read(Consumer<ProducerRecord<byte[], byte[]>> records, Consumer<DumpProblem> problems)
            throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(READ_BYTES);
        long number = 1;
        for (int next = input.read(); next >= 0; next = input.read()) {
            if (next == '\n') {
                readLine(line.toByteArray(), number++, records, problems);
                line.reset();
            } else {
                line.write(next);
            }
        }
        readLine(line.toByteArray(), number, records, problems);
    }

    private void readLine(
            byte[] line, long number, Consumer<ProducerRecord<byte[], byte[]>> records, Consumer<DumpProblem> problems)
            throws IOException {
        if (isBlank(line)) {
            return;
        }
        try {
            records.accept(DumpLine.parse(line));
        } catch (DumpLine.NoRecordException e) {
            problems.accept(new DumpProblem(source, number, e.getMessage()));
        } catch (JacksonException e) {
            problems.accept(new DumpProblem(source, number, "not JSON: " + firstSentence(e.getOriginalMessage())));
        }
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b > ' ' || b < 0) {
                return false;
            }
        }
        return true;
    }

    /** Jackson goes on to quote the source. */
    private static String firstSentence(String message) {
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
