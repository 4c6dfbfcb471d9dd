package io.replaylinker.deploy;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;

/** Kafka's own authorizer, which also notes what was asked of it and how it answered. The broker makes it, so the notes are static. */
public final class RecordingAuthorizer extends StandardAuthorizer {

    private static final Queue<Decision> DECISIONS = new ConcurrentLinkedQueue<>();

    static List<Decision> decisions() {
        return List.copyOf(DECISIONS);
    }

    @Override
    public List<AuthorizationResult> authorize(AuthorizableRequestContext context, List<Action> actions) {
        List<AuthorizationResult> results = super.authorize(context, actions);
        for (int i = 0; i < actions.size(); i++) {
            Action action = actions.get(i);
            boolean allowed = results.get(i) == AuthorizationResult.ALLOWED;
            // What is asked only to filter a list, or as one of several ways, is no refusal.
            if (allowed || action.logIfDenied()) {
                DECISIONS.add(new Decision(
                        context.principal().getName(),
                        action.resourcePattern().resourceType(),
                        action.resourcePattern().name(),
                        action.operation(),
                        allowed));
            }
        }
        return results;
    }

    record Decision(String user, ResourceType type, String name, AclOperation operation, boolean allowed) {}
}
