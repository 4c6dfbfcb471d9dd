package io.replaylinker.runtime.settings;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Which environment variables are settings, and the names of these. */
record EnvironmentNames(Map<String, String> settings) {

    private static final String PREFIX = "REPLAY_LINKER_";

    /** Most edits of a misspelled prefix: a missing underscore, or two letters in the wrong order. */
    private static final int PREFIX_EDITS = 2;

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

    /**
     * For a variable with a misspelled prefix, such as {@code REPLAYLINKER_WAIT}: the variable that was probably meant. Empty unless that is
     * the variable of a setting, because all others may belong to other programs.
     */
    Optional<String> misspelled(String variable) {
        String name = variable.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
        int longest = Math.min(PREFIX.length() + PREFIX_EDITS, name.length());
        return IntStream.rangeClosed(PREFIX.length() - PREFIX_EDITS, longest)
                .filter(length -> NearestName.distance(name.substring(0, length), PREFIX) <= PREFIX_EDITS)
                .mapToObj(length -> PREFIX + name.substring(length))
                .filter(meant -> settingName(meant).isPresent()
                        && !KUBERNETES_SERVICE.matcher(meant).matches())
                .findFirst();
    }

    /** The variable that was probably meant by an unknown one. The prefix is not compared, because all share it. */
    Optional<String> nearest(String unknown) {
        List<String> tails = Stream.concat(
                        Stream.concat(settings.keySet().stream(), OTHERS.stream()),
                        Stream.of(Setting.environmentName(Contradictions.BROKERS)))
                .map(name -> name.substring(PREFIX.length()))
                .toList();
        return NearestName.of(unknown.substring(PREFIX.length()), tails).map(PREFIX::concat);
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
