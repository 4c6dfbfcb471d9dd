package io.replaylinker.topology.join;

import java.nio.ByteBuffer;
import java.util.ArrayList;
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
        return row == null ? 0 : ByteBuffer.wrap(row).getLong();
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
     * Takes in what an event told.
     *
     * @return keys of the rows to judge again because of it
     */
    List<byte[]> learn(long project, long organization) {
        long known = of(project);
        // A project never moves; if two organizations claim it, the smaller id stands whatever came first.
        if (organization == 0 || (known != 0 && known <= organization)) {
            return List.of();
        }
        boolean wereFew = organizations() < 2;
        rows.put(
                Keys.of(Keys.PROJECT, project),
                ByteBuffer.allocate(Long.BYTES).putLong(organization).array());
        count(organization);
        List<byte[]> affected = take(Keys.of(Keys.UNAFFILIATED, project));
        if (wereFew && organizations() == 2) {
            // What passed because there was one organization has to wait now, like everything of unknown projects.
            affected.addAll(waiting());
        }
        return affected;
    }

    /** Has the row judged again as soon as the project's organization is known, or a second organization turns up. */
    void awaitOrganization(long project, byte[] rowKey) {
        if (tenancy != Tenancy.SINGLE) {
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

    private int organizations() {
        if (organizations < 0) {
            organizations = 0;
            try (Rows.Cursor known = rows.prefix(Keys.table(Keys.PROJECT))) {
                while (organizations < 2 && known.hasNext()) {
                    count(ByteBuffer.wrap(known.next().value()).getLong());
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

    private List<byte[]> waiting() {
        return keys(Keys.table(Keys.UNAFFILIATED)).stream().map(Keys::rowKey).toList();
    }

    private List<byte[]> take(byte[] prefix) {
        List<byte[]> keys = keys(prefix);
        keys.forEach(rows::delete);
        return new ArrayList<>(keys.stream().map(Keys::rowKey).toList());
    }

    private List<byte[]> keys(byte[] prefix) {
        List<byte[]> keys = new ArrayList<>();
        try (Rows.Cursor found = rows.prefix(prefix)) {
            found.forEachRemaining(row -> keys.add(row.key()));
        }
        return keys;
    }
}
