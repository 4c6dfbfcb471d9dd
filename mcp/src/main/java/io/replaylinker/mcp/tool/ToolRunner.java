package io.replaylinker.mcp.tool;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.replaylinker.clickhouse.StorageException;
import io.replaylinker.clickhouse.query.Answer;
import io.replaylinker.clickhouse.query.Lookup;
import io.replaylinker.runtime.answer.AnswerJson;
import io.replaylinker.runtime.answer.BusyException;
import io.replaylinker.runtime.answer.NotFound;
import io.replaylinker.runtime.answer.Question;
import io.replaylinker.runtime.answer.SentryLinks;
import io.replaylinker.runtime.answer.SharedLookup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tools. Whatever goes wrong becomes a result that says so, and nothing but the answer is in one. */
public final class ToolRunner {

    private static final Logger LOG = LoggerFactory.getLogger(ToolRunner.class);

    /** In characters of JSON; an assistant reads about a quarter of a million at most. */
    private static final int MOST_JSON = 200_000;

    private final SharedLookup tables;
    private final @Nullable Long organization;
    private final SentryLinks sentry;
    private final Clock clock;
    private final McpJsonMapper mapper = McpJsonDefaults.getMapper();

    /**
     * Runs tools over these tables.
     *
     * @param organization the only one that is read; null for all
     */
    public ToolRunner(SharedLookup tables, @Nullable Long organization, SentryLinks sentry, Clock clock) {
        this.tables = tables;
        this.organization = organization;
        this.sentry = sentry;
        this.clock = clock;
    }

    /**
     * Runs a tool.
     *
     * @param arguments as the client sent them; null for none
     */
    public CallToolResult call(Tool tool, @Nullable Map<String, Object> arguments) {
        Question<?> question;
        try {
            question = tool.asking().question(new Arguments(arguments == null ? Map.of() : arguments, organization));
        } catch (BadArgumentException e) {
            return failure(String.valueOf(e.getMessage()));
        }
        try {
            return tables.ask(lookup -> answer(tool, question, lookup));
        } catch (BusyException e) {
            return failure("busy: " + e.getMessage());
        } catch (StorageException e) {
            LOG.warn("{} could not read the tables: {}", tool.name(), e.getMessage());
            return failure("the tables cannot be read now: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failure("the server is stopping");
        }
    }

    private static CallToolResult failure(String why) {
        return CallToolResult.builder(List.of(TextContent.builder(why).build()))
                .isError(true)
                .build();
    }

    private <T> CallToolResult answer(Tool tool, Question<T> question, Lookup lookup) {
        Answer<T> answer = question.ask(lookup, clock);
        NotFound notFound = answer instanceof Answer.Unknown ? question.unknown(lookup, clock) : NotFound.NOTHING;
        String text = new ToolText(tool, sentry).of(question, answer, notFound);
        return CallToolResult.builder(List.of(TextContent.builder(text).build()))
                .structuredContent(structured(tool, question, answer, notFound))
                .isError(false)
                .build();
    }

    private <T> Map<String, Object> structured(Tool tool, Question<T> question, Answer<T> answer, NotFound notFound) {
        String json = AnswerJson.document(question, answer, notFound, sentry);
        boolean isTooLarge = json.length() > MOST_JSON;
        Map<String, Object> content = read(
                isTooLarge
                        ? AnswerJson.document(
                                question, new Answer.Unknown<>(answer.freshness()), NotFound.NOTHING, sentry)
                        : json);
        if (isTooLarge) {
            content.put("status", OutputSchema.TOO_LARGE);
        }
        content.put("hint", isTooLarge ? ToolText.LESS : ToolText.hint(tool, answer));
        return content;
    }

    private Map<String, Object> read(String json) {
        try {
            return mapper.readValue(json, new TypeRef<Map<String, Object>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
