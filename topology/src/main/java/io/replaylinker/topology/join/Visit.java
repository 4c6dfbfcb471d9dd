package io.replaylinker.topology.join;

import io.replaylinker.schemas.Id;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A visit that was observed on a trace: a replay, or a page load or navigation that names none. Merging takes minimum,
 * maximum or union, so the order and repetition of the observations change nothing. Times in epoch milliseconds.
 *
 * @param observer see {@link TraceRow}
 * @param replay null for a page load that names none
 * @param root span of that page load; 0 for a replay
 * @param named a page load names the replay; one that names none therefore belongs to another visitor
 * @param began the trace began at this page load, which has no parent; no other visitor was therefore given the trace
 * @param roots spans of the page loads that name the replay, at most {@value #MAX_NAMES}; empty for a page load that
 *     names none
 * @param rootMs when the page load began, {@link Long#MAX_VALUE} when none was seen
 * @param users keyed hashes of users that it named, at most {@value #MAX_NAMES}
 * @param addresses keyed hashes of network addresses that it named, at most {@value #MAX_NAMES}
 * @param startedMs earliest moment of the replay that was seen on this trace
 * @param lastSeenMs latest server receive time
 */
record Visit(
        long observer,
        @Nullable Id replay,
        long root,
        boolean named,
        boolean began,
        NavigableSet<Long> roots,
        long rootMs,
        NavigableSet<Long> users,
        NavigableSet<Long> addresses,
        long startedMs,
        long lastSeenMs,
        long keepUntilMs) {

    static final int MAX_NAMES = 8;

    boolean isSame(Visit other) {
        return observer == other.observer && root == other.root && Objects.equals(replay, other.replay);
    }

    /** Whether both are the same visit, regardless of the observer. */
    boolean isSameVisit(Visit other) {
        return root == other.root && Objects.equals(replay, other.replay);
    }

    Visit merge(Visit other) {
        return new Visit(
                observer,
                replay,
                root,
                named || other.named,
                began || other.began,
                union(roots, other.roots),
                Math.min(rootMs, other.rootMs),
                union(users, other.users),
                union(addresses, other.addresses),
                Math.min(startedMs, other.startedMs),
                Math.max(lastSeenMs, other.lastSeenMs),
                Math.max(keepUntilMs, other.keepUntilMs));
    }

    /** A page load that names neither user nor address. */
    boolean isNameless() {
        return replay == null && users.isEmpty() && addresses.isEmpty();
    }

    /** Whether an event is judged alike with either, apart from times. */
    boolean countsLike(Visit other) {
        return named == other.named
                && began == other.began
                && rootMs == other.rootMs
                && users.equals(other.users)
                && addresses.equals(other.addresses);
    }

    /** The smallest elements of both, so that the result does not depend on the order. */
    static NavigableSet<Long> union(NavigableSet<Long> one, NavigableSet<Long> other) {
        if (one.containsAll(other)) {
            return one;
        }
        TreeSet<Long> all = new TreeSet<>(one);
        all.addAll(other);
        while (all.size() > MAX_NAMES) {
            all.pollLast();
        }
        return all;
    }

    static NavigableSet<Long> set(@Nullable Long name) {
        TreeSet<Long> set = new TreeSet<>();
        if (name != null) {
            set.add(name);
        }
        return set;
    }
}
