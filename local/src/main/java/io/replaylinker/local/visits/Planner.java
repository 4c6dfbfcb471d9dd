package io.replaylinker.local.visits;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Plans the visitors, the times of their visits, and the pages they open. */
final class Planner {

    /** The first moment of each simulation, epoch milliseconds. */
    static final long START_MS = 1_795_400_000_000L;

    private static final long HOUR_MS = 3_600_000;
    private static final long LONGEST_MS = 55 * 60_000; // a recorder stops after an hour
    private static final int POPULAR = 4;

    private final Mix mix;
    private final Dice dice;
    private final Knobs.People people;

    Planner(Mix mix, Dice dice) {
        this.mix = mix;
        this.dice = dice;
        this.people = mix.knobs().people();
    }

    /** A page that a visitor opens. */
    record Stop(Visitor visitor, PageKind kind, boolean navigation, PageView.Times times, String path) {}

    /** All pages in the order of their time. */
    List<Stop> stops() {
        List<Stop> stops = new ArrayList<>();
        for (int i = 0; i < mix.visitors(); i++) {
            visit(visitor(i), stops);
        }
        stops.sort(Comparator.comparingLong(stop -> stop.times.startMs()));
        return stops;
    }

    List<Long> jobs() {
        long count = Math.round(mix.hours() * mix.knobs().backend().jobs());
        return dice.moments(START_MS, START_MS + Math.round(mix.hours() * HOUR_MS), count);
    }

    private void visit(Visitor visitor, List<Stop> stops) {
        long first = START_MS + Math.round(dice.point() * mix.hours() * HOUR_MS);
        long at = first;
        boolean navigation = false;
        do {
            PageView.Times times = times(at);
            boolean own = navigation || visitor.phone;
            PageKind kind = own ? PageKind.OWN : mix.pages().at(dice.point());
            stops.add(new Stop(visitor, kind, navigation, times, path()));
            at = times.endMs() + dice.between(20, 400);
            navigation = dice.chance("navigation inside a page", 0.3);
        } while (at - first < LONGEST_MS && dice.chance("another page", people.goesOn()));
    }

    private PageView.Times times(long at) {
        long loaded = at + dice.between(300, 3_000);
        if (dice.chance("page open for twenty minutes", people.longPages())) {
            return new PageView.Times(at, loaded, at + 20 * 60_000);
        }
        long stay = dice.chance(0.75) ? dice.between(1_000, 60_000) : dice.between(60_000, 240_000);
        return new PageView.Times(at, loaded, loaded + stay);
    }

    private String path() {
        double point = dice.point();
        return "/p/" + (int) (POPULAR * point * point); // the first pages are asked for most
    }

    private Visitor visitor(int number) {
        boolean phone = dice.chance("phone", people.phones());
        Sdk sdk = !phone && dice.chance(mix.sdk11()) ? Sdk.SDK11 : Sdk.SDK10;
        long clock = phone ? phoneClock() : dice.between(-1_500, 1_500);
        boolean late = phone && dice.chance("late upload", mix.knobs().network().lateUploads());
        Visitor.Device device = new Visitor.Device(sdk, phone, clock, late ? dice.between(HOUR_MS, 20 * HOUR_MS) : 0);
        boolean neighbour = dice.chance("second organization", people.secondOrganization());
        return person(number, device, neighbour ? Organization.NEIGHBOUR : Organization.SHOP);
    }

    private long phoneClock() {
        long off = dice.between(HOUR_MS, 5 * 24 * HOUR_MS);
        return dice.chance(0.5) ? off : -off;
    }

    private Visitor person(int number, Visitor.Device device, Organization organization) {
        boolean office = dice.chance("shared address", people.office());
        String address = office ? "192.0.2." + dice.between(1, 3) : "198.18." + number / 250 + "." + number % 250;
        boolean twoAddresses = dice.chance("another address on servers", people.otherAddress());
        String onServers = twoAddresses ? "2001:db8::" + number : address;
        String id = Integer.toString(40_000 + number);
        double point = dice.point();
        if (point < people.known()) {
            dice.count("known user");
            return visitor(device, new Names(id, address), new Names(id, onServers), organization);
        }
        if (point < people.known() + people.addressed()) {
            dice.count("address only");
            return visitor(device, new Names(null, address), new Names(null, onServers), organization);
        }
        boolean serversKnow = dice.chance("user known to servers only", 0.4);
        return visitor(device, Names.NONE, serversKnow ? new Names(id, null) : Names.NONE, organization);
    }

    private Visitor visitor(Visitor.Device device, Names browser, Names servers, Organization organization) {
        Recording.Mode mode = mode();
        boolean lost = mode != Recording.Mode.NONE
                && dice.chance(
                        "recording never arrives", mix.knobs().recording().lost());
        return new Visitor(device, browser, servers, new Recording(dice.id128(), mode, lost), organization);
    }

    private Recording.Mode mode() {
        if (dice.chance("recorded from the start", mix.recorded())) {
            return Recording.Mode.SESSION;
        }
        boolean buffers = dice.chance("buffering", mix.knobs().recording().buffered());
        return buffers ? Recording.Mode.BUFFER : Recording.Mode.NONE;
    }
}
