package io.replaylinker.clickhouse.query;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Runs queries in parallel, because the cost of a query is mostly the round trip to the server. */
final class ParallelQueries implements AutoCloseable {

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "replay-linker-lookup");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Starts a query.
     *
     * @return waits for the result and returns it, or throws the exception of the query
     */
    <T> Supplier<T> submit(Supplier<T> question) {
        CompletableFuture<T> answer = CompletableFuture.supplyAsync(question, threads);
        return () -> {
            try {
                return answer.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                throw e;
            }
        };
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
