package io.replaylinker.local.visits;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The mixes on which links are scored. */
public final class Mixes {

    /** Visitors of each mix of {@link #all()}. */
    public static final int VISITORS = 400;

    private static final double HOURS = 4;

    private Mixes() {}

    /** Few and many recorded, SDK 10 and SDK 11, each kind of page alone and all of them. */
    public static List<Mix> all() {
        return all(VISITORS);
    }

    /** The same with so many visitors each; the simulated time grows alike. */
    public static List<Mix> all(int visitors) {
        List<Mix> mixes = new ArrayList<>();
        for (int percent : new int[] {5, 50}) {
            for (Sdk sdk : new Sdk[] {Sdk.SDK10, Sdk.SDK11}) {
                for (Map.Entry<String, Pages> pages : pages()) {
                    mixes.add(
                            mix(percent, sdk, pages.getKey(), pages.getValue()).withVisitors(visitors));
                }
            }
        }
        return List.copyOf(mixes);
    }

    private static List<Map.Entry<String, Pages>> pages() {
        return List.of(
                Map.entry("own", new Pages(1, 0, 0)),
                Map.entry("rendered", new Pages(0, 1, 0)),
                Map.entry("cached", new Pages(0, 0, 1)),
                Map.entry("blended", new Pages(0.35, 0.3, 0.35)));
    }

    private static Mix mix(int percent, Sdk sdk, String pages, Pages weights) {
        boolean blended = pages.equals("blended");
        return new Mix(
                sdk.label() + "-" + pages + "-" + percent,
                VISITORS,
                HOURS,
                percent / 100.0,
                sdk == Sdk.SDK11 ? 1 : 0,
                weights,
                blended ? Knobs.shared() : Knobs.usual());
    }
}
