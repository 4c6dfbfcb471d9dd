package io.replaylinker.serdes.registry;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import dev.failsafe.RetryPolicyBuilder;
import io.replaylinker.serdes.RegistryUnavailableException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends calls to the registry's nodes. Each attempt tries the nodes in order, beginning with the one that responded last. Failed attempts
 * are repeated with growing, jittered waits. Anything that a working registry would not send (no response, 5xx, 429, HTML, truncated JSON)
 * is a failed attempt. A rejected login is not, because a retry cannot help.
 */
final class RegistryTransport {

    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";

    /** No schema is nearly as large. A page of an unrelated server may be. */
    private static final int MAX_ANSWER_BYTES = 4 << 20;

    private final RegistrySettings settings;
    private final HttpClient client;
    private final FailsafeExecutor<Object> retries;
    private final AtomicInteger preferred = new AtomicInteger();

    RegistryTransport(RegistrySettings settings) {
        this.settings = settings;
        // Redirects are not followed: the JDK would send the credentials to the new host.
        HttpClient.Builder http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER);
        if (settings.tls() != null) {
            http.sslContext(settings.tls());
        }
        client = http.build();
        retries = Failsafe.with(policy(settings));
    }

    private static RetryPolicy<Object> policy(RegistrySettings settings) {
        RetryPolicyBuilder<Object> policy = RetryPolicy.builder()
                .handle(FailedTryException.class)
                .withMaxRetries(settings.maxRetries())
                .withJitter(0.25);
        return settings.retryWait().compareTo(settings.retryMaxWait()) < 0
                ? policy.withBackoff(settings.retryWait(), settings.retryMaxWait())
                        .build()
                : policy.withDelay(settings.retryMaxWait()).build();
    }

    /**
     * Sends a request until a node responds.
     *
     * @throws RegistryUnavailableException if none responded, despite the retries
     * @throws RegistryAccessException if the login is rejected
     */
    <T> T send(RegistryRequest<T> request) {
        try {
            return retries.get(() -> tryAll(request));
        } catch (FailsafeException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            if (cause instanceof InterruptedException) {
                Thread.currentThread().interrupt();
                throw new RegistryUnavailableException("Interrupted while waiting for the schema registry", cause);
            }
            throw new RegistryUnavailableException(describe(request, cause), cause);
        }
    }

    private String describe(RegistryRequest<?> request, Throwable cause) {
        if (cause instanceof FailedTryException failed && failed.isAnswered()) {
            return "The schema registry " + failed.getMessage();
        }
        int tries = settings.maxRetries() + 1;
        return "The schema registry did not answer " + request + " in " + tries + (tries == 1 ? " try: " : " tries: ")
                + cause.getMessage();
    }

    private <T> T tryAll(RegistryRequest<T> request) throws FailedTryException, InterruptedException {
        List<RegistryAddress> addresses = settings.addresses();
        int first = preferred.get();
        FailedTryException failed = new FailedTryException();
        for (int i = 0; i < addresses.size(); i++) {
            int node = (first + i) % addresses.size();
            URI base = addresses.get(node).base();
            try {
                RegistryAnswer answer = exchange(base, request);
                checkStatus(base, answer);
                T result = request.reader().read(answer);
                preferred.set(node);
                return result;
            } catch (IOException e) {
                failed.add(base, request.path(), e);
            }
        }
        throw failed;
    }

    private static void checkStatus(URI base, RegistryAnswer answer) throws IOException {
        int status = answer.status();
        if (status == 401 || status == 403) {
            throw new RegistryAccessException("The schema registry at " + base + " refuses access (HTTP " + status
                    + "): check basic.auth.credentials.source and basic.auth.user.info, or bearer.auth.token,"
                    + " and what that user may do");
        }
        if (status >= 300 && status < 400) {
            throw new ForeignAnswerException(
                    status, "this is a redirect; set " + RegistrySettings.URL + " to where it leads");
        }
        if (status >= 500 || status == 429 || status == 408) {
            throw new IOException("HTTP " + status);
        }
    }

    private RegistryAnswer exchange(URI base, RegistryRequest<?> request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(httpRequest(base, request), info -> new BoundedBody(MAX_ANSWER_BYTES));
        try {
            // The JDK's own timeout ends with the headers. This one also covers a slow body.
            HttpResponse<byte[]> response = answer.get(settings.readTimeout().toMillis(), TimeUnit.MILLISECONDS);
            return new RegistryAnswer(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
        } catch (TimeoutException e) {
            throw new IOException("no full answer in " + settings.readTimeout().toMillis() + " ms", e);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            throw cause instanceof IOException io ? io : new IOException(cause);
        } finally {
            answer.cancel(true);
        }
    }

    private HttpRequest httpRequest(URI base, RegistryRequest<?> request) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(base + request.path()))
                .header("Accept", MEDIA_TYPE + ", application/json; q=0.5");
        if (settings.authorization() != null) {
            builder.header("Authorization", settings.authorization());
        }
        if (request.body() != null) {
            builder.header("Content-Type", MEDIA_TYPE).POST(HttpRequest.BodyPublishers.ofString(request.body()));
        }
        return builder.build();
    }
}
