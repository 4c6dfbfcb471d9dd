package io.replaylinker.local.visits;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Simulates visits and produces what Sentry's SDKs send of them. The truth is the visitor that made each call; no rule of a join takes part
 * in it.
 */
public final class VisitGenerator {

    private final Dice dice;
    private final Knobs knobs;
    private final Planner planner;
    private final PageRendering rendering;
    private final Servers servers;
    private final Browser browser;
    private final Replayer replayer;
    private final Ledger ledger = new Ledger();

    private VisitGenerator(Mix mix, long seed) {
        this.dice = new Dice(seed);
        this.knobs = mix.knobs();
        Delays delays = new Delays(dice, knobs.network());
        Outbox outbox = new Outbox(ledger);
        Segments segments = new Segments(dice, delays, outbox, knobs.backend());
        this.planner = new Planner(mix, dice);
        this.servers = new Servers(dice, knobs.backend(), segments, Trace.ofServer(dice, false, Backend.NODE11.number));
        this.rendering = new PageRendering(dice, knobs.backend(), servers);
        this.browser = new Browser(dice, delays, outbox, knobs);
        this.replayer = new Replayer(dice, delays, ledger);
    }

    /**
     * Simulates the visits of a mix.
     *
     * @param seed the same seed gives the same traffic
     */
    public static Traffic generate(Mix mix, long seed) {
        return new VisitGenerator(mix, seed).run();
    }

    private Traffic run() {
        Set<Visitor> visitors = new LinkedHashSet<>();
        List<PageView> views = new ArrayList<>();
        for (Planner.Stop stop : planner.stops()) {
            PageView view = rendering.open(stop);
            use(view);
            views.add(view);
            visitors.add(view.visitor);
        }
        visitors.forEach(this::startRecorder);
        for (PageView view : views) {
            browser.show(view);
            view.calls.forEach(call -> servers.answer(view, call));
        }
        visitors.forEach(replayer::record);
        planner.jobs().forEach(servers::job);
        return ledger.close(dice);
    }

    /** What the visitor does on the page. */
    private void use(PageView view) {
        boolean isLong = view.endMs - view.startMs > 10 * 60_000;
        for (long at : dice.moments(view.startMs + 100, view.loadedMs - 50, dice.pick(3))) {
            view.calls.add(call(at, false));
        }
        long later = isLong ? dice.between(6, 15) : dice.pick(4);
        for (long at : dice.moments(view.loadedMs + 10, view.endMs, later)) {
            view.calls.add(call(at, isLong && dice.chance("polled while nobody looks", 0.3)));
        }
        long errors = dice.chance("browser error", knobs.people().browserErrors()) ? dice.between(1, 2) : 0;
        view.errorsMs.addAll(dice.moments(view.startMs + 200, view.endMs - 200, errors));
    }

    private PageView.Call call(long at, boolean polled) {
        return new PageView.Call(at, dice.between(90, 1_500), dice.id64(), polled);
    }

    private void startRecorder(Visitor visitor) {
        Recording recording = visitor.recording;
        recording.startMs = visitor.views.get(0).startMs;
        recording.endMs = visitor.views.get(visitor.views.size() - 1).endMs;
        if (recording.mode != Recording.Mode.BUFFER) {
            return;
        }
        visitor.views.stream()
                .flatMap(view -> view.errorsMs.stream())
                .filter(at -> dice.chance("buffer flushed", knobs.recording().flushed()))
                .findFirst()
                .ifPresent(at -> recording.flushMs = at);
    }
}
