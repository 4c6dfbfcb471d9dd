package io.replaylinker.local.evaluate;

import io.replaylinker.local.visits.Mix;
import io.replaylinker.local.visits.Mixes;
import io.replaylinker.runtime.cli.CacheFolder;
import io.replaylinker.runtime.cli.CheckedOptions;
import io.replaylinker.runtime.cli.CommandLogs;
import io.replaylinker.runtime.cli.ExitCodes;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Precision and recall of links on simulated visits. */
@Command(
        name = "links",
        description = {
            "Simulate visits to a shop, link what their SDKs send, and score the links.",
            "Precision is the share of links that are right; recall is the share of found links among those that the messages prove."
                    + " Beside them the same for the id that the SDK puts on events, as Sentry links, and for the nearest replay on the"
                    + " same trace."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:scored, and no threshold was missed",
            "1:a threshold was missed; the messages name the groups",
            "2:the command line is wrong"
        })
final class EvaluateLinks implements Callable<Integer>, CheckedOptions {

    private static final long DEFAULT_SEED = 20261130;

    @Option(
            names = "--visitors",
            paramLabel = "N",
            defaultValue = "" + Mixes.VISITORS,
            description =
                    "Visitors of each mix, ${DEFAULT-VALUE} where it is not given; the simulated time grows alike.")
    private int visitors;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            description = "Seed of the simulation; the same one gives the same visits. May be given several times; "
                    + DEFAULT_SEED + " where it is not given.")
    private List<Long> seeds = new ArrayList<>();

    @Option(
            names = "--mix",
            paramLabel = "NAME",
            description =
                    "Only this mix, as sdk11-cached-5: SDK, kind of pages, percent of visits recorded. May be given several times.")
    private List<String> mixes = new ArrayList<>();

    @Option(names = "--json", description = "Print JSON in place of a table.")
    private boolean json;

    @Option(
            names = "--min-precision",
            paramLabel = "SHARE",
            description = "Fail if the precision of any group but single mixes is below, 0 to 1.")
    private @Nullable Double minPrecision;

    @Option(
            names = "--min-recall",
            paramLabel = "SHARE",
            description = "Fail if the recall of any group but single mixes is below, 0 to 1.")
    private @Nullable Double minRecall;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (visitors < 1) {
            problems.add("--visitors " + visitors + ": must be 1 or more");
        }
        List<String> names = Mixes.all().stream().map(Mix::name).toList();
        mixes.stream()
                .filter(mix -> !names.contains(mix))
                .forEach(mix -> problems.add("--mix " + mix + ": no such mix; there are " + String.join(", ", names)));
        checkShare("--min-precision", minPrecision, problems);
        checkShare("--min-recall", minRecall, problems);
        return problems;
    }

    private static void checkShare(String option, @Nullable Double share, List<String> problems) {
        if (share != null && !(share >= 0 && share <= 1)) {
            problems.add(option + " " + share + ": must be 0 to 1");
        }
    }

    @Override
    public Integer call() {
        CommandLogs.toFile("evaluate", CacheFolder.of(System.getenv()));
        CommandLine command = commandLine();
        Evaluation evaluation = evaluate(command.getErr());
        EvaluationText text = new EvaluationText(evaluation);
        PrintWriter out = command.getOut();
        if (json) {
            out.println(text.json());
        } else {
            text.table().forEach(out::println);
        }
        out.flush();
        List<String> missed = missed(evaluation);
        missed.forEach(command.getErr()::println);
        command.getErr().flush();
        return missed.isEmpty() ? ExitCodes.OK : ExitCodes.FAILURE;
    }

    private Evaluation evaluate(PrintWriter err) {
        List<Mix> chosen = Mixes.all(visitors).stream()
                .filter(mix -> mixes.isEmpty() || mixes.contains(mix.name()))
                .toList();
        List<Long> each = seeds.isEmpty() ? List.of(DEFAULT_SEED) : seeds;
        return Evaluation.of(chosen, each, line -> {
            err.println(line);
            err.flush();
        });
    }

    private List<String> missed(Evaluation evaluation) {
        List<String> missed = new ArrayList<>();
        for (Evaluation.Row row : evaluation.rows()) {
            if (!row.group().equals(Evaluation.MIX)) {
                check(row, "precision", row.ours().precision(), minPrecision, missed);
                check(row, "recall", row.ours().recall(), minRecall, missed);
            }
        }
        return missed;
    }

    private static void check(
            Evaluation.Row row, String figure, double reached, @Nullable Double least, List<String> missed) {
        if (least != null && reached < least) {
            missed.add(String.format(
                    Locale.ROOT, "%s %s: %s %.4f is below %.4f", row.group(), row.name(), figure, reached, least));
        }
    }

    private CommandLine commandLine() {
        if (spec == null) {
            throw new IllegalStateException("called without picocli");
        }
        return spec.commandLine();
    }
}
