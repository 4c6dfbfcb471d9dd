package io.replaylinker.runtime.cli;

import io.replaylinker.runtime.diagnosis.KafkaDiagnosis;
import io.replaylinker.runtime.settings.InvalidSettingsException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Runs a command line and turns its result into one message and an exit code. Every mistake of a command line is reported at once, both
 * those that picocli finds and those that depend on the machine.
 */
public final class Program {

    private final CommandLine commandLine;

    public Program(CommandLine commandLine) {
        this.commandLine = commandLine;
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setParameterExceptionHandler(this::refuse);
        commandLine.setExecutionExceptionHandler((exception, command, parsed) -> explain(command, exception));
        commandLine.setExecutionStrategy(this::checkAndRun);
    }

    /** One of {@link ExitCodes}. */
    public int run(String... args) {
        return commandLine.execute(args);
    }

    private int checkAndRun(ParseResult parsed) {
        Integer helped = CommandLine.executeHelpRequest(parsed);
        if (helped != null) {
            return helped;
        }
        CommandLine command = last(parsed);
        List<String> problems = problemsOf(command);
        return problems.isEmpty() ? new CommandLine.RunLast().execute(parsed) : refuse(command, problems);
    }

    /** picocli stops at the first mistake, so the line is read once more with all of them collected. */
    private int refuse(ParameterException first, String... args) {
        CommandLine command = first.getCommandLine();
        LinkedHashSet<String> problems = new LinkedHashSet<>();
        collectErrors(commandLine);
        ParseResult parsed = commandLine.parseArgs(args);
        for (ParseResult part : parsed.asCommandLineList().stream()
                .map(CommandLine::getParseResult)
                .toList()) {
            part.errors().forEach(error -> problems.add(message(error)));
        }
        if (problems.isEmpty()) {
            problems.add(message(first));
        }
        problems.addAll(problemsOf(last(parsed)));
        return refuse(command, new ArrayList<>(problems));
    }

    private static void collectErrors(CommandLine command) {
        command.getCommandSpec().parser().collectErrors(true);
        command.getSubcommands().values().forEach(Program::collectErrors);
    }

    private static int refuse(CommandLine command, List<String> problems) {
        PrintWriter err = command.getErr();
        problems.forEach(err::println);
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        return ExitCodes.USAGE;
    }

    private static String message(Exception error) {
        List<String> suggestions =
                error instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        String found = Objects.requireNonNullElse(error.getMessage(), error.toString());
        return suggestions.isEmpty() ? found : found + "; do you mean " + suggestions.get(0) + "?";
    }

    private static int explain(CommandLine command, Exception exception) {
        PrintWriter err = command.getErr();
        if (exception instanceof InvalidSettingsException invalid) {
            invalid.problems().forEach(err::println);
            return ExitCodes.USAGE;
        }
        Logger log = LoggerFactory.getLogger(Program.class);
        log.debug("{} failed", command.getCommandName(), exception);
        if (exception instanceof CommandFailedException) {
            err.println(exception.getMessage());
        } else if (KafkaDiagnosis.isOfClient(exception)) {
            err.println(KafkaDiagnosis.of(exception, ""));
        } else {
            err.println("unexpected: " + exception);
        }
        CommandLogs.file().ifPresent(file -> err.println("See the log: " + file));
        return ExitCodes.FAILURE;
    }

    private static List<String> problemsOf(CommandLine command) {
        return command.getCommand() instanceof CheckedOptions checked ? checked.problems() : List.of();
    }

    private static CommandLine last(ParseResult parsed) {
        List<CommandLine> commands = parsed.asCommandLineList();
        return commands.get(commands.size() - 1);
    }
}
