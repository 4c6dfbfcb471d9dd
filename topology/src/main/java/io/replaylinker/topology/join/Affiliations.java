package io.replaylinker.topology.join;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which project belongs to which organization, as the event streams tell it, and what may pass while that is unknown. The replay
 * stream itself names projects only.
 */
final class Affiliations {

    private static final byte FIRST = 1;
    private static final byte SECOND = 2;

    private final Rows rows;
    private final Tenancy tenancy;
    /** All rows of the table: as many as the installation has projects. */
    private final Map<Long, Project> projects = new HashMap<>();
    /** Organizations that any event named: 0, 1 or 2 for "several". */
    private int organizations;

    private long firstOrganization;
    private long secondOrganization;
    private long secondOffset = -1;

    /**
     * A project.
     *
     * @param offset of the input that told its organization
     */
    private record Project(long organization, long offset) {}

    Affiliations(Rows rows, Tenancy tenancy) {
        this.rows = rows;
        this.tenancy = tenancy;
        try (Rows.Cursor known = rows.prefix(Keys.table(Keys.PROJECT))) {
            known.forEachRemaining(row -> {
                ByteBuffer project = ByteBuffer.wrap(row.value());
                projects.put(Keys.number(row.key()), new Project(project.getLong(), project.getLong()));
            });
        }
        try (Rows.Cursor known = rows.prefix(Keys.table(Keys.ORGANIZATION))) {
            known.forEachRemaining(row -> {
                ByteBuffer organization = ByteBuffer.wrap(row.value());
                know(organization.get(), Keys.number(row.key()), organization.getLong());
            });
        }
    }

    /** Whether two sides may be linked. */
    enum Match {
        SAME,
        FOREIGN,
        /** Not known yet, and not allowed to pass meanwhile. */
        UNKNOWN
    }

    /** The organization of a project, 0 while unknown. */
    long of(long project) {
        Project known = projects.get(project);
        return known == null ? 0 : known.organization();
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

    /** Who observed something: an organization, as a negative number; else a project whose organization others have to tell; else 0. */
    static long observer(long organization, long project) {
        return organization > 0 ? -organization : Math.max(0, project);
    }

    /** The same for an {@link #observer}. */
    Match matchObserver(long eventOrganization, long observer) {
        return match(eventOrganization, ofObserver(observer));
    }

    /** The organization of an {@link #observer}, 0 while unknown. */
    long ofObserver(long observer) {
        return observer < 0 ? -observer : observer == 0 ? 0 : of(observer);
    }

    /**
     * What an event taught.
     *
     * @param affected keys of the rows to judge again because of it
     * @param everything all events are to be judged again; happens once in the life of an installation
     * @param repeated it was known already from this very place of the input: a crash cut off what it had led to
     */
    record Lesson(List<byte[]> affected, boolean everything, boolean repeated) {

        static final Lesson NOTHING_NEW = new Lesson(List.of(), false, false);
    }

    Lesson learn(long project, long organization, long offset) {
        if (organization == 0) {
            return Lesson.NOTHING_NEW;
        }
        boolean everything = count(organization, offset);
        Project found = projects.get(project);
        // A project never moves; if two organizations claim it, the smaller id stands whatever came first.
        if (found == null || organization < found.organization()) {
            know(project, organization, offset);
            return new Lesson(affected(project), everything, false);
        }
        if (offset <= found.offset()) {
            return new Lesson(affected(project), everything, true);
        }
        return everything ? new Lesson(List.of(), true, false) : Lesson.NOTHING_NEW;
    }

    private void know(long project, long organization, long offset) {
        projects.put(project, new Project(organization, offset));
        rows.put(
                Keys.of(Keys.PROJECT, project),
                ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(organization)
                        .putLong(offset)
                        .array());
    }

    /** With a second organization, what passed because there was none or one has to wait. True also when that comes a second time. */
    private boolean count(long organization, long offset) {
        boolean isNew = organizations == 0 || (organizations == 1 && organization != firstOrganization);
        if (isNew) {
            byte place = organizations == 0 ? FIRST : SECOND;
            know(place, organization, offset);
            rows.put(
                    Keys.of(Keys.ORGANIZATION, organization),
                    ByteBuffer.allocate(1 + Long.BYTES)
                            .put(place)
                            .putLong(offset)
                            .array());
        }
        return organization == secondOrganization && offset <= secondOffset;
    }

    private void know(byte place, long organization, long offset) {
        organizations = Math.max(organizations, place);
        if (place == FIRST) {
            firstOrganization = organization;
        } else {
            secondOrganization = organization;
            secondOffset = offset;
        }
    }

    private List<byte[]> affected(long project) {
        byte[] prefix = Keys.of(Keys.UNAFFILIATED, project);
        List<byte[]> affected = new ArrayList<>();
        rows.each(prefix, prefix, row -> affected.add(Keys.rowKey(row.key())));
        return affected;
    }

    /** While the project's organization is unknown: has the row judged again as soon as it is known. */
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
