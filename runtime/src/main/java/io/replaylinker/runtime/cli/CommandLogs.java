package io.replaylinker.runtime.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Configures where the log goes. For an interactive command it is a file of its own, so that the screen stays readable; for the server it
 * is the console, where container platforms look. It must be chosen before the first logger is created. It configures logback through
 * system properties, so that a user's own {@code -Dlogback.configurationFile} still wins.
 */
public final class CommandLogs {

    private static final String CONFIGURATION = "logback.configurationFile";
    private static final String FILE = "replaylinker.log.file";
    static final String SERVER_CONFIGURATION = "io/replaylinker/runtime/logback-server.xml";
    static final String SERVER_FORMAT = "replaylinker.log.format";
    static final String SERVER_LEVEL = "replaylinker.log.level";
    static final String LIBRARIES_LEVEL = "replaylinker.log.libraries";
    private static final int KEPT_FILES = 10;

    private CommandLogs() {}

    /** Sends the server's log to the console, in the format and from the level that the environment sets. */
    public static void toConsole(Map<String, String> environment) {
        ServerLog log = ServerLog.of(environment);
        System.setProperty(SERVER_FORMAT, log.format());
        System.setProperty(SERVER_LEVEL, log.level());
        System.setProperty(LIBRARIES_LEVEL, log.librariesLevel());
        configure(SERVER_CONFIGURATION);
    }

    /** Mistakes in the variables that {@link #toConsole} reads, each a line. */
    public static List<String> consoleProblems(Map<String, String> environment) {
        return ServerLog.of(environment).problems();
    }

    /** Sends a command's log to a new file in the cache folder's {@code logs}; only the program's own warnings reach the screen. */
    public static void toFile(String command, Path cache) {
        String time = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").format(LocalDateTime.now(ZoneId.systemDefault()));
        Path folder = cache.resolve("logs");
        try {
            Files.createDirectories(folder);
            removeOldest(folder, command + "-");
        } catch (IOException e) {
            throw new CommandFailedException(
                    "cannot write logs to " + folder + "; set REPLAY_LINKER_CACHE to a folder that you may write to",
                    e);
        }
        long process = ProcessHandle.current().pid();
        System.setProperty(
                FILE,
                folder.resolve("%s-%s-%d.log".formatted(command, time, process)).toString());
        configure("io/replaylinker/runtime/logback-command.xml");
    }

    /** The log file of this process, if it has one. */
    static Optional<Path> file() {
        return Optional.ofNullable(System.getProperty(FILE)).map(Path::of);
    }

    private static void configure(String resource) {
        if (System.getProperty(CONFIGURATION) == null) {
            System.setProperty(CONFIGURATION, resource);
        }
    }

    private static void removeOldest(Path folder, String prefix) throws IOException {
        List<Path> old;
        try (Stream<Path> files = Files.list(folder)) {
            old = files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .sorted(Comparator.reverseOrder())
                    .skip(KEPT_FILES - 1)
                    .toList();
        }
        for (Path file : old) {
            Files.deleteIfExists(file);
        }
    }
}
