package io.replaylinker.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.SecurityUtils;

/** What the commands that {@code deploy/kafka/acls} prints would give. */
final class DocumentedAcls {

    private DocumentedAcls() {}

    static List<AclBinding> of(String principal, String parts) throws IOException, InterruptedException {
        Process script = new ProcessBuilder("kafka/acls", "--principal", principal, "--parts", parts)
                .redirectErrorStream(true)
                .start();
        String printed = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (script.waitFor() != 0) {
            throw new IllegalArgumentException(printed);
        }
        List<AclBinding> acls = new ArrayList<>();
        for (String command : printed.lines().toList()) {
            acls.addAll(acls(command));
        }
        return acls;
    }

    private static List<AclBinding> acls(String command) {
        List<AclOperation> operations = new ArrayList<>();
        Map<ResourceType, String> resources = new EnumMap<>(ResourceType.class);
        String principal = "";
        PatternType pattern = PatternType.UNKNOWN;
        String[] words = command.replace("'", "").split(" ", -1);
        for (int i = 0; i + 1 < words.length; i++) {
            String value = words[i + 1];
            switch (words[i]) {
                case "--allow-principal" -> principal = value;
                case "--operation" -> operations.add(SecurityUtils.operation(value));
                case "--topic" -> resources.put(ResourceType.TOPIC, value);
                case "--group" -> resources.put(ResourceType.GROUP, value);
                case "--transactional-id" -> resources.put(ResourceType.TRANSACTIONAL_ID, value);
                case "--resource-pattern-type" -> pattern = PatternType.fromString(value.toUpperCase(Locale.ROOT));
                default -> {}
            }
        }
        List<AclBinding> acls = new ArrayList<>();
        for (Map.Entry<ResourceType, String> resource : resources.entrySet()) {
            for (AclOperation operation : operations) {
                acls.add(new AclBinding(
                        new ResourcePattern(resource.getKey(), resource.getValue(), pattern),
                        new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW)));
            }
        }
        return acls;
    }

    /** Whether this right was what let that pass. */
    static boolean grants(AclBinding acl, RecordingAuthorizer.Decision decision) {
        ResourcePattern pattern = acl.pattern();
        boolean named = pattern.patternType() == PatternType.PREFIXED
                ? decision.name().startsWith(pattern.name())
                : decision.name().equals(pattern.name());
        return named
                && decision.allowed()
                && pattern.resourceType() == decision.type()
                && acl.entry().operation() == decision.operation()
                && acl.entry().principal().equals("User:" + decision.user());
    }
}
