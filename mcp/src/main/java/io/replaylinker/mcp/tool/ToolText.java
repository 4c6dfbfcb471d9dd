package io.replaylinker.mcp.tool;

import io.replaylinker.clickhouse.query.Answer;
import io.replaylinker.runtime.answer.AnswerText;
import io.replaylinker.runtime.answer.ContextText;
import io.replaylinker.runtime.answer.NotFound;
import io.replaylinker.runtime.answer.Question;
import io.replaylinker.runtime.answer.SentryLinks;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer in words for an assistant: that texts of programs are data, then the answer, then what to call next. Answers that do not mark
 * the texts of programs one by one are between marks as a whole.
 */
final class ToolText {

    static final String LESS = "The answer is too long: ask for less, by limit, depth, max_nodes, project or since.";

    private static final int MOST = 40_000;
    private static final String OPEN = "\u2039";
    private static final String CLOSE = "\u203a";

    private final Tool tool;
    private final SentryLinks sentry;

    ToolText(Tool tool, SentryLinks sentry) {
        this.tool = tool;
        this.sentry = sentry;
    }

    /** @param notFound why nothing may have been found, and what else is known */
    <T> String of(Question<T> question, Answer<T> answer, NotFound notFound) {
        List<String> lines = new ArrayList<>();
        lines.add(ContextText.DATA);
        lines.add("");
        if (answer instanceof Answer.Found<T> found) {
            lines.addAll(marked(question.text(found.value(), sentry)));
        } else if (answer instanceof Answer.Ambiguous<T> several) {
            lines.add(question.subject() + ": several ids begin with these digits; call again with one of");
            several.candidates().forEach(candidate -> lines.add("  " + candidate));
        } else {
            String reason = notFound.reason();
            lines.add(question.subject() + ": not found" + (reason.isEmpty() ? "" : "; " + asTools(reason)));
            lines.addAll(notFound.lines());
        }
        lines.add("");
        lines.add(AnswerText.freshness(answer.freshness()));
        lines.add("Next: " + hint(tool, answer));
        return String.join("\n", lines);
    }

    static String hint(Tool tool, Answer<?> answer) {
        if (answer instanceof Answer.Ambiguous) {
            return "Call " + tool.name() + " again with one of the candidates.";
        }
        return answer instanceof Answer.Found ? tool.next() : tool.otherwise();
    }

    private static List<String> marked(List<String> answer) {
        boolean marksItself = answer.get(0).equals(ContextText.DATA);
        List<String> lines = new ArrayList<>();
        if (!marksItself) {
            lines.add(OPEN);
        }
        int left = MOST;
        int count = 0;
        for (String line : marksItself ? withoutLabel(answer) : answer) {
            left -= line.length() + 1;
            if (left < 0) {
                break;
            }
            count++;
            lines.add(asTools(marksItself ? line : line.replace(OPEN, "<").replace(CLOSE, ">")));
        }
        if (!marksItself) {
            lines.add(CLOSE);
        }
        if (left < 0) {
            lines.add("... cut after " + count + " lines. " + LESS);
        }
        return lines;
    }

    private static List<String> withoutLabel(List<String> answer) {
        int begin = answer.size() > 1 && answer.get(1).isEmpty() ? 2 : 1;
        return answer.subList(begin, answer.size());
    }

    /** Names the tools and their arguments where the answer names commands and options. */
    private static String asTools(String line) {
        return line.replace("more: --after ", "more: call again with after = ")
                .replace("start there with --since ", "start there with since = ")
                .replace("--json has them", "the structured content has them")
                .replace("see lookup replay ", "see get_replay with ")
                .replace("the command why", "explain_link");
    }
}
