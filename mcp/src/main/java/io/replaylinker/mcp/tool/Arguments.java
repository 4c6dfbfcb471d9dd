package io.replaylinker.mcp.tool;

import io.replaylinker.clickhouse.query.Cursor;
import io.replaylinker.clickhouse.query.IdPrefix;
import io.replaylinker.runtime.answer.PageOptions;
import io.replaylinker.runtime.answer.ScopeOptions;
import io.replaylinker.runtime.cli.Since;
import io.replaylinker.runtime.cli.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a call, and the organization, which is none of them. Each is checked here, whatever the schema has checked before.
 *
 * @param organization the only one that is read; null for all
 */
record Arguments(Map<String, Object> values, @Nullable Long organization) {

    private static final int SHOWN = 80;

    boolean has(String name) {
        return values.get(name) != null;
    }

    @Nullable String text(String name) throws BadArgumentException {
        Object value = values.get(name);
        if (value == null) {
            return null;
        }
        if (value instanceof String text && !text.isBlank()) {
            return text.strip();
        }
        throw new BadArgumentException(name + " must be a text");
    }

    String required(String name) throws BadArgumentException {
        String text = text(name);
        if (text == null) {
            throw new BadArgumentException(name + " is missing");
        }
        return text;
    }

    IdPrefix id(String name) throws BadArgumentException {
        String text = required(name);
        return IdPrefix.parse(text)
                .orElseThrow(() -> new BadArgumentException(
                        name + " must be an id of 32 hex digits, or its first 8 digits or more, not "
                                + Words.cut(text, SHOWN)));
    }

    @Nullable Long number(String name) throws BadArgumentException {
        Object value = values.get(name);
        if (value == null) {
            return null;
        }
        try {
            return Long.parseUnsignedLong(String.valueOf(value).strip());
        } catch (NumberFormatException e) {
            throw new BadArgumentException(
                    name + " must be a whole number, not " + Words.cut(String.valueOf(value), SHOWN));
        }
    }

    int count(Parameter parameter) throws BadArgumentException {
        Object usual = parameter.schema().get("default");
        Object value = values.getOrDefault(parameter.name(), usual);
        if (value instanceof Number number
                && number.doubleValue() == number.intValue()
                && number.intValue() >= 1
                && number.intValue() <= most(parameter)) {
            return number.intValue();
        }
        throw new BadArgumentException(parameter.name() + " must be a whole number from 1 to " + most(parameter));
    }

    private static int most(Parameter parameter) {
        return parameter.schema().get("maximum") instanceof Integer most ? most : Integer.MAX_VALUE;
    }

    boolean flag(String name) throws BadArgumentException {
        Object value = values.getOrDefault(name, false);
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw new BadArgumentException(name + " must be true or false");
    }

    ScopeOptions scope() throws BadArgumentException {
        String since = text("since");
        List<String> problems = new ArrayList<>();
        Since.check("since", since, problems);
        if (!problems.isEmpty()) {
            throw new BadArgumentException(String.join("; ", problems));
        }
        return ScopeOptions.of(organization, number("project"), since);
    }

    PageOptions page(Parameter limit, Cursor.Order order) throws BadArgumentException {
        String after = text("after");
        if (after != null && Cursor.parse(after, order).isEmpty()) {
            throw new BadArgumentException("after must be the token of a page of the same call");
        }
        return PageOptions.of(scope(), count(limit), after);
    }
}
