package io.replaylinker.clickhouse.query;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Asks one thing while another is asked: what a question costs is mostly the ways to the server, one after the other. */
final class ParallelQueries implements AutoCloseable {

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "replay-linker-lookup");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Begins to ask.
     *
     * @return gives the answer, or throws what asking threw, when it is there
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
