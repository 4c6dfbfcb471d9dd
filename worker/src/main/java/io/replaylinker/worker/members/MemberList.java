package io.replaylinker.worker.members;

import io.replaylinker.runtime.json.JsonFields;
import java.util.List;

/** All workers, and why some may be missing. */
public final class MemberList {

    private final List<Member> members;
    private final List<String> problems;

    MemberList(List<Member> members, List<String> problems) {
        this.members = List.copyOf(members);
        this.problems = List.copyOf(problems);
    }

    /** Writes its fields into an object. */
    public void write(JsonFields json) {
        json.texts("problems", problems);
        json.array("members", members, member -> member.write(json));
    }
}
