package io.replaylinker.topology.join;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The organization of each project, as learned from the event streams, and what may be linked while it is unknown. The
 * replay stream itself names projects only.
 */
final class Affiliations {

    private final Rows rows;
    private final Tenancy tenancy;
    /** Organizations by project. */
    private final Map<Long, Long> projects = new HashMap<>();
    /** Organizations that any event named: 0, 1 or 2 for "several". */
    private int organizations;

    private long firstOrganization;

    Affiliations(Rows rows, Tenancy tenancy) {
        this.rows = rows;
        this.tenancy = tenancy;
    }

    /** Whether two sides may be linked. */
    enum Match {
        SAME,
        FOREIGN,
        /** Not known yet, and not allowed to be linked meanwhile. */
        UNKNOWN
    }

    /** The organization of a project, 0 while unknown. */
    long of(long project) {
        return projects.getOrDefault(project, 0L);
    }

    Match match(long eventOrganization, long replayOrganization) {
        if (tenancy == Tenancy.SINGLE || (replayOrganization != 0 && replayOrganization == eventOrganization)) {
            return Match.SAME;
        }
        if (replayOrganization != 0 && eventOrganization != 0) {
            return Match.FOREIGN;
        }
        return tenancy == Tenancy.LEARN && seesOnly(eventOrganization) ? Match.SAME : Match.UNKNOWN;
    }

    /**
     * The observer of an observation: an organization as a negative number; otherwise a project whose organization has
     * to be learned from other records; otherwise 0.
     */
    static long observer(long organization, long project) {
        return organization > 0 ? -organization : Math.max(0, project);
    }

    /** {@link #match} for an {@link #observer}. */
    Match matchObserver(long eventOrganization, long observer) {
        return match(eventOrganization, ofObserver(observer));
    }

    /** The organization of an {@link #observer}, 0 while unknown. */
    long ofObserver(long observer) {
        return observer < 0 ? -observer : observer == 0 ? 0 : of(observer);
    }

    /**
     * What was learned from an event.
     *
     * @param affected keys of the rows to judge again because of it
     * @param everything all events are to be judged again; happens once in the lifetime of an installation
     */
    record Lesson(List<byte[]> affected, boolean everything) {

        static final Lesson NOTHING_NEW = new Lesson(List.of(), false);
    }

    Lesson learn(long project, long organization) {
        if (organization == 0) {
            return Lesson.NOTHING_NEW;
        }
        boolean everything = count(organization);
        long known = of(project);
        // A project never moves. If two organizations claim it, the smaller id wins, in whatever order they came.
        if (known == 0 || organization < known) {
            projects.put(project, organization);
            return new Lesson(affected(project), everything);
        }
        return everything ? new Lesson(List.of(), true) : Lesson.NOTHING_NEW;
    }

    /** Whether it is the second one: events that were linked because none or one was known have to wait from now on. */
    private boolean count(long organization) {
        boolean isNew = organizations == 0 || (organizations == 1 && organization != firstOrganization);
        if (!isNew) {
            return false;
        }
        if (organizations == 0) {
            firstOrganization = organization;
        }
        return ++organizations == 2;
    }

    private List<byte[]> affected(long project) {
        byte[] prefix = Keys.of(Keys.UNAFFILIATED, project);
        List<byte[]> affected = new ArrayList<>();
        rows.each(prefix, row -> affected.add(Keys.rowKey(row.key())));
        return affected;
    }

    /** Schedules the row to be judged again when the project's organization becomes known. */
    void awaitOrganization(long project, byte[] rowKey) {
        if (tenancy != Tenancy.SINGLE && of(project) == 0) {
            rows.put(Keys.of(Keys.UNAFFILIATED, project, rowKey), Keys.NOTHING);
        }
    }

    void forget(long project, byte[] rowKey) {
        byte[] key = Keys.of(Keys.UNAFFILIATED, project, rowKey);
        if (rows.get(key) != null) {
            rows.delete(key);
        }
    }

    private boolean seesOnly(long eventOrganization) {
        return organizations == 0
                || (organizations == 1 && (eventOrganization == 0 || eventOrganization == firstOrganization));
    }

    /** How many organizations were seen at all: 0, 1, or 2 for more than one. */
    int organizations() {
        return organizations;
    }
}
