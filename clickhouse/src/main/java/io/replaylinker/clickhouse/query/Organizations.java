package io.replaylinker.clickhouse.query;

import io.replaylinker.clickhouse.Parameters;
import java.util.List;

/**
 * Those that a query goes through. Of one alone it says so: the rows behind it are in the order of the rest of the table's key then, and
 * the server looks them up in half of the time.
 */
record Organizations(List<Long> ids) {

    private boolean isOne() {
        return ids.size() == 1;
    }

    /** For WHERE. */
    String condition() {
        return isOne() ? "organization_id = {organization:UInt64}" : "organization_id IN {organizations:Array(UInt64)}";
    }

    /** With the values of the condition. */
    Parameters in(Parameters parameters) {
        return isOne() ? parameters.unsigned("organization", ids.get(0)) : parameters.unsigned("organizations", ids);
    }
}
