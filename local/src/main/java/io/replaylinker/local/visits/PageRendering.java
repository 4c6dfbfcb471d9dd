package io.replaylinker.local.visits;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives each page its trace: the browser's, the rendering server's, or that of the copy in the cache. */
final class PageRendering {

    private static final long LONGEST_COPY_MS = 60 * 60_000;
    private static final long SHORTEST_COPY_MS = 2 * 60_000;

    private final Dice dice;
    private final Knobs.Servers knobs;
    private final Servers servers;
    private final Map<String, Copy> cache = new HashMap<>();

    PageRendering(Dice dice, Knobs.Servers knobs, Servers servers) {
        this.dice = dice;
        this.knobs = knobs;
        this.servers = servers;
    }

    private record Copy(Trace trace, long untilMs) {}

    /** The page view, with its trace; what the server did for it is sent. */
    PageView open(Planner.Stop stop) {
        dice.count("page " + stop.kind().label());
        return switch (stop.kind()) {
            case RENDERED -> rendered(stop);
            case CACHED -> cached(stop);
            default ->
                view(stop, Trace.ofBrowser(dice, sampled(), stop.visitor().frontend()));
        };
    }

    private PageView rendered(Planner.Stop stop) {
        Trace trace = serverTrace();
        PageView view = view(stop, trace);
        render(view, stop.visitor().organization, trace, stop.times().startMs() + 200);
        return view;
    }

    private PageView cached(Planner.Stop stop) {
        Organization organization = stop.visitor().organization;
        long start = stop.times().startMs();
        String key = organization.id() + stop.path();
        Copy copy = cache.get(key);
        if (copy != null && copy.untilMs > start) {
            dice.count("page from the cache");
            return view(stop, copy.trace);
        }
        Trace trace = serverTrace();
        cache.put(key, new Copy(trace, start + dice.between(SHORTEST_COPY_MS, LONGEST_COPY_MS)));
        PageView view = view(stop, trace);
        if (dice.chance("copy rendered in advance", knobs.prewarmed())) {
            render(null, organization, trace, start - dice.between(1_000, 120_000));
        } else {
            render(view, organization, trace, start + 200);
        }
        return view;
    }

    /** The request for the page begins with the page's own start, on the browser's clock. */
    private void render(@Nullable PageView view, Organization organization, Trace trace, long until) {
        servers.render(view, organization, trace, until - dice.between(60, 190), until);
    }

    private Trace serverTrace() {
        return Trace.ofServer(dice, sampled(), Backend.NODE10.number);
    }

    private boolean sampled() {
        boolean sampled = dice.chance(knobs.sampled());
        dice.count(sampled ? "trace sampled" : "trace not sampled");
        return sampled;
    }

    private PageView view(Planner.Stop stop, Trace trace) {
        PageView view = new PageView(
                stop.visitor(), stop.kind(), stop.navigation(), trace, stop.times(), dice.id64(), stop.path());
        trace.views.add(view);
        stop.visitor().views.add(view);
        return view;
    }
}
