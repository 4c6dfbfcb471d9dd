package io.replaylinker.mcp;

import io.modelcontextprotocol.spec.McpSchema;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages from an input to an endpoint, and its replies to an output, one a line. A few are answered at once, so that a client that
 * waits for a query can still ping. When more have come, no more are read.
 */
final class StdioMessages {

    private static final Logger LOG = LoggerFactory.getLogger(StdioMessages.class);

    private static final int AT_ONCE = 4;
    private static final int WAITING = 16;
    private static final long LAST_ANSWERS_SECONDS = 30;

    private final Endpoint endpoint;
    private final OutputStream out;
    private final Object line = new Object();

    StdioMessages(Endpoint endpoint, OutputStream out) {
        this.endpoint = endpoint;
        this.out = out;
    }

    /**
     * Answers until the input ends, and what has come before its end.
     *
     * @throws IOException if the input cannot be read
     */
    void answer(InputStream in) throws IOException, InterruptedException {
        ThreadPoolExecutor answers = new ThreadPoolExecutor(
                AT_ONCE,
                AT_ONCE,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                new ThreadPoolExecutor.CallerRunsPolicy());
        try (BufferedInputStream lines = new BufferedInputStream(in)) {
            for (String message = next(lines); message != null; message = next(lines)) {
                String read = message;
                if (!read.isBlank()) {
                    answers.execute(() -> write(endpoint.answer(read)));
                }
            }
        } finally {
            answers.shutdown();
            answers.awaitTermination(LAST_ANSWERS_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** The next line; blank for one that is too long, which is refused; null at the end. */
    private @Nullable String next(BufferedInputStream in) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        boolean isTooLong = false;
        int next = in.read();
        if (next < 0) {
            return null;
        }
        for (; next >= 0 && next != '\n'; next = in.read()) {
            if (message.size() < Endpoint.LONGEST_MESSAGE) {
                message.write(next);
            } else {
                isTooLong = true;
            }
        }
        if (isTooLong) {
            write(endpoint.refuse(
                    McpSchema.ErrorCodes.INVALID_REQUEST,
                    "a message has at most " + Endpoint.LONGEST_MESSAGE + " bytes"));
            return "";
        }
        return message.toString(StandardCharsets.UTF_8);
    }

    /** A client that reads no more is about to end the input as well. */
    private void write(Endpoint.Reply reply) {
        String json = reply.json();
        if (json == null) {
            return;
        }
        byte[] bytes = (json + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (line) {
            try {
                out.write(bytes);
                out.flush();
            } catch (IOException e) {
                LOG.debug("A reply was not taken: {}", e.toString());
            }
        }
    }
}
