package io.replaylinker.worker.members;

import io.replaylinker.serdes.registry.BoundedBody;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks other workers for their reports, all at once. It follows no redirect and uses no proxy, so a request goes nowhere but to the
 * address of a member.
 */
final class MemberClient implements AutoCloseable {

    /** The route that answers for one worker, and asks no other. */
    static final String PATH = "/api/member";

    private static final int ANSWER_BYTES = 256 << 10;
    private static final int AT_ONCE = 16;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int MISDIRECTED = 421;
    private static final String LOOPBACK = "127.0.0.1";

    private final @Nullable String token;
    private final String machine;
    private final Duration within;
    private final HttpClient http;
    private final ThreadPoolExecutor threads;

    /**
     * Opens no connection yet.
     *
     * @param token that the workers of the installation share; null for none
     * @param machine the name of this machine: its members may listen on loopback alone
     * @param within until when all must have answered
     */
    MemberClient(@Nullable String token, String machine, Duration within) {
        this.token = token;
        this.machine = machine;
        this.within = within;
        threads = new ThreadPoolExecutor(AT_ONCE, AT_ONCE, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "members");
            thread.setDaemon(true);
            return thread;
        });
        threads.allowCoreThreadTimeOut(true);
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(within)
                .build();
    }

    /** A report, or the reason why there is none. */
    record Answer(@Nullable MemberReport report, @Nullable String problem) {}

    /** Answers in the order of the addresses. */
    Map<MemberAddress, Answer> ask(List<MemberAddress> addresses) throws InterruptedException {
        List<Future<Answer>> asked = threads.invokeAll(
                addresses.stream()
                        .map(address -> (Callable<Answer>) () -> ask(address))
                        .toList(),
                within.toMillis(),
                TimeUnit.MILLISECONDS);
        Map<MemberAddress, Answer> answers = new LinkedHashMap<>();
        for (int i = 0; i < addresses.size(); i++) {
            answers.put(addresses.get(i), result(asked.get(i)));
        }
        return answers;
    }

    private Answer result(Future<Answer> future) throws InterruptedException {
        try {
            return future.get();
        } catch (CancellationException e) {
            return unreachable(late());
        } catch (ExecutionException e) {
            return unreachable(String.valueOf(e.getCause()));
        }
    }

    private Answer ask(MemberAddress address) throws InterruptedException {
        if (address.host().equals(machine)) {
            Answer near = askAt(new MemberAddress(LOOPBACK, address.port()));
            if (near.report() != null) {
                return near;
            }
        }
        return askAt(address);
    }

    private Answer askAt(MemberAddress address) throws InterruptedException {
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(address.uri(PATH)).timeout(within);
            if (token != null) {
                request.header("Authorization", "Bearer " + token);
            }
            HttpResponse<byte[]> response = http.send(request.build(), head -> new BoundedBody(ANSWER_BYTES));
            return response.statusCode() == 200
                    ? new Answer(ReportJson.read(response.body()), null)
                    : unreachable(refusal(response.statusCode()));
        } catch (IOException e) {
            return unreachable(reason(e));
        } catch (URISyntaxException | IllegalArgumentException e) {
            return unreachable("its address is none that can be connected to");
        }
    }

    private static Answer unreachable(String problem) {
        return new Answer(null, problem);
    }

    private static String refusal(int status) {
        return switch (status) {
            case UNAUTHORIZED -> "it refuses this worker's http.token; give all workers the same";
            case NOT_FOUND -> "it has no " + PATH + ": an older release, or another program";
            case MISDIRECTED -> "it answers only on its own machine; set its http.bind";
            default -> "it answers with the HTTP status " + status;
        };
    }

    private String reason(IOException failure) {
        List<Throwable> causes = new ArrayList<>();
        Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(10)
                .forEach(causes::add);
        if (causes.stream().anyMatch(UnresolvedAddressException.class::isInstance)) {
            return "its name cannot be resolved; set its http.advertised";
        }
        if (causes.stream().anyMatch(HttpTimeoutException.class::isInstance)) {
            return late();
        }
        if (causes.stream().anyMatch(ConnectException.class::isInstance)) {
            return "connection refused; it has ended, or its page is open to its own machine alone: set its http.bind";
        }
        return Objects.requireNonNullElse(failure.getMessage(), failure.toString());
    }

    private String late() {
        return "no answer within " + within.toMillis() + " ms";
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
