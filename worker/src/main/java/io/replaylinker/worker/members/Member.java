package io.replaylinker.worker.members;

import io.replaylinker.runtime.json.JsonFields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A worker of the installation, as another one sees it.
 *
 * @param self whether it is the worker that was asked
 * @param assigned its partitions as the group has them; those of its own report are more recent
 * @param report null if it cannot be reached
 * @param problem why it cannot be reached, or what is wrong with its address; null if nothing is
 */
record Member(
        MemberAddress address,
        boolean self,
        List<Assigned> assigned,
        @Nullable MemberReport report,
        @Nullable String problem) {

    private static final String UNREACHABLE = "unreachable";

    /** The fields are the same with and without a report. */
    void write(JsonFields json) {
        json.text("address", address.toString());
        json.flag("self", self);
        json.text("problem", problem);
        MemberReport answered = report;
        if (answered != null) {
            ReportJson.write(answered, json);
            return;
        }
        json.nothing("version");
        json.texts("roles", List.of());
        json.text("state", UNREACHABLE);
        json.nothing("restoring_records");
        json.nothing("started_at");
        json.nothing("uptime_ms");
        json.nothing("lag");
        ReportJson.write(assigned, json);
    }
}
