package io.replaylinker.clickhouse.query;

import io.replaylinker.clickhouse.Parameters;
import java.util.List;

/**
 * The organizations of a query. For a single one the condition is an equality: the rows behind it are then in the order of the remaining
 * key columns, and the server finds them in half the time.
 */
record Organizations(List<Long> ids) {

    private boolean isOne() {
        return ids.size() == 1;
    }

    /** The condition for WHERE. */
    String condition() {
        return isOne() ? "organization_id = {organization:UInt64}" : "organization_id IN {organizations:Array(UInt64)}";
    }

    /** Adds the values of the condition. */
    Parameters in(Parameters parameters) {
        return isOne() ? parameters.unsigned("organization", ids.get(0)) : parameters.unsigned("organizations", ids);
    }
}
