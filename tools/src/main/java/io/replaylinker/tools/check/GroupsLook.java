package io.replaylinker.tools.check;

import io.replaylinker.worker.start.KafkaView;
import io.replaylinker.worker.start.Unanswered;
import io.replaylinker.worker.start.Units;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** Whether the worker's user may read in the groups that its consumers will form, and which members these have already. */
final class GroupsLook implements KafkaLook {

    private final List<String> groups;

    GroupsLook(List<String> groups) {
        this.groups = groups;
    }

    @Override
    public String subject() {
        return "groups";
    }

    @Override
    public void look(KafkaView kafka, Findings findings) throws Unanswered, InterruptedException {
        for (String group : groups) {
            look(group, kafka, findings);
        }
    }

    private static void look(String group, KafkaView kafka, Findings findings) throws Unanswered, InterruptedException {
        String subject = "group " + group;
        try {
            ConsumerGroupDescription description = KafkaView.answer(kafka.admin()
                    .describeConsumerGroups(
                            List.of(group), new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true))
                    .describedGroups()
                    .get(group));
            Set<AclOperation> granted = description.authorizedOperations();
            if (granted != null && !granted.contains(AclOperation.READ)) {
                lacksRead(subject, findings);
            } else {
                findings.ok(subject, Units.count(description.members().size(), "member"));
            }
        } catch (Unanswered e) {
            if (e.isForbidden()) {
                lacksRead(subject, findings);
            } else if (e.getCause() instanceof GroupIdNotFoundException) {
                findings.ok(subject, "is new");
            } else {
                throw e;
            }
        }
    }

    private static void lacksRead(String subject, Findings findings) {
        findings.problem(subject, "the user lacks READ", "grant READ on the " + subject);
    }
}
