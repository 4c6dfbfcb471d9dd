package io.replaylinker.topology.join;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Which project belongs to which organization, as the event streams tell it, and what may pass while that is unknown. The replay
 * stream itself names projects only.
 */
final class Affiliations {

    private final Rows rows;
    private final Tenancy tenancy;
    /** Organizations seen so far, 0, 1 or 2 for "several"; -1 before the rows were read. */
    private int organizations = -1;

    private long onlyOrganization;

    Affiliations(Rows rows, Tenancy tenancy) {
        this.rows = rows;
        this.tenancy = tenancy;
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
        byte[] row = rows.get(Keys.of(Keys.PROJECT, project));
        return row == null ? 0 : organizationOf(row);
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
     * What an event taught.
     *
     * @param affected keys of the rows to judge again because of it
     * @param repeated it was known already from this very place of the input: a crash cut off what it had led to
     */
    record Lesson(List<byte[]> affected, boolean repeated) {

        static final Lesson NOTHING_NEW = new Lesson(List.of(), false);
    }

    Lesson learn(long project, long organization, long offset) {
        if (organization == 0) {
            return Lesson.NOTHING_NEW;
        }
        byte[] found = rows.get(Keys.of(Keys.PROJECT, project));
        // A project never moves; if two organizations claim it, the smaller id stands whatever came first.
        if (found != null && organizationOf(found) <= organization) {
            return offset <= ByteBuffer.wrap(found).getLong(Long.BYTES)
                    ? new Lesson(affected(project, true), true)
                    : Lesson.NOTHING_NEW;
        }
        int before = organizations();
        rows.put(
                Keys.of(Keys.PROJECT, project),
                ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(organization)
                        .putLong(offset)
                        .array());
        count(organization);
        return new Lesson(affected(project, organizations() != before), false);
    }

    /** With another organization, what passed because there was none or one has to wait, like everything of unknown projects. */
    private List<byte[]> affected(long project, boolean allOfUnknownProjects) {
        byte[] prefix = allOfUnknownProjects ? Keys.table(Keys.UNAFFILIATED) : Keys.of(Keys.UNAFFILIATED, project);
        return rows.all(prefix).stream().map(row -> Keys.rowKey(row.key())).toList();
    }

    private static long organizationOf(byte[] projectRow) {
        return ByteBuffer.wrap(projectRow).getLong();
    }

    /** While the project's organization is unknown: has the row judged again as soon as it is known, or a second organization turns up. */
    void awaitOrganization(long project, byte[] rowKey) {
        if (tenancy != Tenancy.SINGLE && of(project) == 0) {
            rows.put(Keys.of(Keys.UNAFFILIATED, project, rowKey), Keys.NOTHING);
        }
    }

    void forget(long project, byte[] rowKey) {
        rows.delete(Keys.of(Keys.UNAFFILIATED, project, rowKey));
    }

    private boolean seesOnly(long eventOrganization) {
        return organizations() == 0
                || (organizations() == 1 && (eventOrganization == 0 || eventOrganization == onlyOrganization));
    }

    /** How many organizations were seen at all: 0, 1, or 2 for more than one. */
    int organizations() {
        if (organizations < 0) {
            organizations = 0;
            try (Rows.Cursor known = rows.prefix(Keys.table(Keys.PROJECT))) {
                while (organizations < 2 && known.hasNext()) {
                    count(organizationOf(known.next().value()));
                }
            }
        }
        return organizations;
    }

    private void count(long organization) {
        if (organizations() == 0) {
            organizations = 1;
            onlyOrganization = organization;
        } else if (organization != onlyOrganization) {
            organizations = 2;
        }
    }
}
