package io.replaylinker.tools.check;

import io.replaylinker.runtime.diagnosis.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Runs checks in parallel and within a bounded time. */
final class Checks {

    private final List<AreaCheck> areas;
    private final Duration within;

    Checks(List<AreaCheck> areas, Duration within) {
        this.areas = areas;
        this.within = within;
    }

    /**
     * Runs all checks, whatever the problems.
     *
     * @param listener receives the findings of an area as soon as they and those before it are complete
     */
    List<Finding> run(Consumer<List<Finding>> listener) throws InterruptedException {
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "check");
            thread.setDaemon(true);
            return thread;
        });
        long deadline = System.nanoTime() + within.toNanos();
        try {
            Map<Findings, Future<?>> running = new LinkedHashMap<>();
            for (AreaCheck area : areas) {
                Findings findings = new Findings(area.area());
                running.put(findings, threads.submit(() -> {
                    area.look(findings);
                    return null;
                }));
            }
            List<Finding> all = new ArrayList<>();
            for (Map.Entry<Findings, Future<?>> each : running.entrySet()) {
                await(each.getKey(), each.getValue(), deadline - System.nanoTime());
                List<Finding> findings = each.getKey().soFar();
                listener.accept(findings);
                all.addAll(findings);
            }
            return all;
        } finally {
            threads.shutdownNow();
        }
    }

    private void await(Findings findings, Future<?> area, long nanos) throws InterruptedException {
        try {
            area.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            findings.problem(
                    "time",
                    "the checks did not finish within " + within.toSeconds() + " s",
                    "fix the problems found so far, and check again");
        } catch (ExecutionException e) {
            findings.problem("this check", "failed: " + Reason.of(e), "see the log");
        }
    }
}
