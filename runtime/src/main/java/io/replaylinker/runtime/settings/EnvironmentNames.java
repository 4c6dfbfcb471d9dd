package io.replaylinker.runtime.settings;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which environment variables are settings, and the names of these. */
record EnvironmentNames(Map<String, String> settings) {

    private static final String PREFIX = "REPLAY_LINKER_";

    /** Read by the launcher, for the log and by the embedded parts. */
    private static final Set<String> OTHERS = Set.of(
            "REPLAY_LINKER_MAVEN_ARGS",
            "REPLAY_LINKER_JAVA_OPTS",
            "REPLAY_LINKER_CACHE",
            "REPLAY_LINKER_BUILD",
            "REPLAY_LINKER_LOG_FORMAT",
            "REPLAY_LINKER_LOG_LEVEL",
            "REPLAY_LINKER_ENGINE_LIBRARY");

    /** Kubernetes sets these in every pod of a namespace that has a service named replay-linker. */
    private static final Pattern KUBERNETES_SERVICE =
            Pattern.compile("REPLAY_LINKER_(.+_)?(SERVICE_(HOST|PORT)(_.*)?|PORT(_\\d+_(TCP|UDP|SCTP)(_.*)?)?)");

    boolean isOurs(String variable) {
        return settings.containsKey(variable)
                || (variable.startsWith(PREFIX)
                        && !OTHERS.contains(variable)
                        && !KUBERNETES_SERVICE.matcher(variable).matches());
    }

    Optional<String> settingName(String variable) {
        if (settings.containsKey(variable)) {
            return Optional.ofNullable(settings.get(variable));
        }
        return Stream.of(PassThrough.values())
                .filter(family -> variable.startsWith(family.environmentPrefix())
                        && variable.length() > family.environmentPrefix().length())
                .findFirst()
                .map(family -> family.nameOf(
                        variable.substring(family.environmentPrefix().length())));
    }
}
