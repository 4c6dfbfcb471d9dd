package io.replaylinker.runtime.answer;

import io.replaylinker.clickhouse.query.Answer;
import io.replaylinker.clickhouse.query.Cursor;
import io.replaylinker.clickhouse.query.EventDensity;
import io.replaylinker.clickhouse.query.EventOutcome;
import io.replaylinker.clickhouse.query.EventStory;
import io.replaylinker.clickhouse.query.IdPrefix;
import io.replaylinker.clickhouse.query.IssueCriteria;
import io.replaylinker.clickhouse.query.Lookup;
import io.replaylinker.clickhouse.query.Page;
import io.replaylinker.clickhouse.query.ReplayHit;
import io.replaylinker.clickhouse.query.ReplayStory;
import io.replaylinker.runtime.json.JsonFields;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lookup of an id of unknown kind, or of the name of a transaction. The answer for an event contains its replay as well. A whole id is looked up kind by kind until it is
 * found; the first digits of an id are looked up in all kinds.
 */
public final class IdSearch {

    /** What an id may identify, the likeliest first. */
    public enum Kind {
        EVENT,
        REPLAY,
        TRACE,
        ISSUE,
        TRANSACTION,
        /** The details of an error. */
        ERROR,
        /** A whole trace, by its id or that of an event or span in it. */
        TREE,
        /** Issues whose errors contain a text. */
        ISSUES;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** By the name that {@link Part#kind} has. */
        public static Optional<Kind> parse(String label) {
            return Arrays.stream(values())
                    .filter(kind -> kind.label().equals(label))
                    .findFirst();
        }
    }

    /**
     * The answer of one kind.
     *
     * @param kind label of a {@link Kind}
     * @param known whether one or several were found
     * @param fields as {@code lookup --json} has them; those of an event with {@code why}, lines of text; those of a replay with
     *     {@code named_by}, the events that name it if nothing else is known of it, and with {@code density}, null if all of its
     *     events are on the page
     */
    public record Part(String kind, boolean known, Consumer<JsonFields> fields) {}

    /** What happened around an event: asked for with it, and left out of the answer where nothing is known. */
    private static final Set<Kind> AROUND = EnumSet.of(Kind.ERROR, Kind.TREE);

    private static final Pattern NUMBER = Pattern.compile("\\d{1,19}");
    private static final int EVENTS = 200;
    private static final int STEPS = 240;
    private static final int REPLAYS = 20;
    private static final int DAYS_OF_NAMES = 7;
    private static final int SHORTEST_NAME = 3;
    private static final int LONGEST_NAME = 200;

    private final @Nullable IdPrefix id;
    private final @Nullable Long issue;
    private final String name;
    private final Set<Kind> kinds;
    private final @Nullable String after;
    private final TimeWindow window;

    private IdSearch(
            @Nullable IdPrefix id,
            @Nullable Long issue,
            String name,
            Set<Kind> kinds,
            @Nullable String after,
            TimeWindow window) {
        this.id = id;
        this.issue = issue;
        this.name = name;
        this.kinds = kinds;
        this.after = after;
        this.window = window;
    }

    /**
     * Parses the input of a search.
     *
     * @param text an id, its first eight digits or more, or the number of an issue; dashes, blanks and upper case are accepted. What is
     *     neither is the name of a transaction or a part of it, 3 to 200 characters.
     * @param kind of the id; null for any
     * @param after cursor at the end of the page before, in the answer of that one kind; null for the first page
     * @param window of the events of a replay
     * @return empty when the text is none of them
     */
    public static Optional<IdSearch> of(String text, @Nullable Kind kind, @Nullable String after, TimeWindow window) {
        Optional<IdPrefix> id = IdPrefix.parse(text);
        Optional<Long> issue = number(text.strip());
        boolean isId = id.isPresent() || issue.isPresent();
        Set<Kind> kinds = kind == null ? EnumSet.allOf(Kind.class) : EnumSet.of(kind);
        if (id.isEmpty()) {
            kinds.retainAll(EnumSet.of(Kind.ISSUE, Kind.TRANSACTION, Kind.ISSUES));
        }
        if (issue.isEmpty()) {
            kinds.remove(Kind.ISSUE);
        }
        if ((kind == null && isId) || !isName(text.strip())) {
            kinds.removeAll(EnumSet.of(Kind.TRANSACTION, Kind.ISSUES));
        }
        if (kind == Kind.EVENT || kind == Kind.TRACE) {
            kinds.addAll(AROUND);
        }
        if (after != null) {
            kinds.removeAll(AROUND);
            kinds.remove(Kind.ISSUES);
        }
        boolean pageFits = after == null
                || (kind != null && Cursor.parse(after, order(kind)).isPresent());
        return kinds.isEmpty() || !pageFits
                ? Optional.empty()
                : Optional.of(new IdSearch(id.orElse(null), issue.orElse(null), text.strip(), kinds, after, window));
    }

    /** The id, if it may be that of an event. */
    public Optional<IdPrefix> event() {
        return kinds.contains(Kind.EVENT) ? Optional.ofNullable(id) : Optional.empty();
    }

    /**
     * Runs the lookups, some ten queries at most.
     *
     * @return one part for each kind that was queried
     * @throws io.replaylinker.clickhouse.StorageException when the server cannot be reached or refuses
     */
    public List<Part> ask(Lookup lookup, Clock clock, SentryLinks sentry) {
        List<Part> parts = new ArrayList<>();
        Set<Kind> named = EnumSet.copyOf(kinds);
        named.removeAll(AROUND);
        for (Kind kind : named) {
            boolean whole = id != null && id.isWhole();
            if (!whole || parts.stream().noneMatch(Part::known)) {
                parts.addAll(ask(kind, lookup, clock, sentry));
            }
        }
        parts.addAll(around(parts, lookup, clock, sentry));
        return parts;
    }

    /** A replay has traces of its own, so it needs to be asked for. */
    private List<Part> around(List<Part> found, Lookup lookup, Clock clock, SentryLinks sentry) {
        boolean isReplayAlone = found.stream()
                        .anyMatch(part -> part.known() && part.kind().equals(Kind.REPLAY.label()))
                && found.stream().noneMatch(part -> part.known() && part.kind().equals(Kind.EVENT.label()));
        if (id == null || isReplayAlone) {
            return List.of();
        }
        List<Part> around = new ArrayList<>();
        if (kinds.contains(Kind.ERROR)) {
            around.add(part(Kind.ERROR, new ErrorQuestion(id, new OrganizationOptions()), lookup, clock, sentry));
        }
        if (kinds.contains(Kind.TREE)) {
            around.add(part(Kind.TREE, new TraceTreeQuestion(id, new TreeOptions()), lookup, clock, sentry));
        }
        return around.stream().filter(Part::known).toList();
    }

    private List<Part> ask(Kind kind, Lookup lookup, Clock clock, SentryLinks sentry) {
        if (kind == Kind.ISSUE && issue != null) {
            return List.of(part(kind, new IssueQuestion(issue, PageOptions.of(REPLAYS, after)), lookup, clock, sentry));
        }
        if (kind == Kind.TRANSACTION) {
            return List.of(transaction(lookup, clock, sentry));
        }
        if (kind == Kind.ISSUES) {
            IssueCriteria criteria = new IssueCriteria(name, null, null, null);
            Part issues = part(kind, new IssuesQuestion(criteria, new ScopeOptions()), lookup, clock, sentry);
            return issues.known() ? List.of(issues) : List.of();
        }
        if (id == null) {
            return List.of();
        }
        return switch (kind) {
            case EVENT -> event(id, lookup, clock, sentry);
            case REPLAY -> List.of(replay(id, lookup, clock, sentry));
            default ->
                List.of(part(kind, new TraceQuestion(id, PageOptions.of(REPLAYS, after)), lookup, clock, sentry));
        };
    }

    /** By the whole name, or else the names that contain it. */
    private Part transaction(Lookup lookup, Clock clock, SentryLinks sentry) {
        ReplaysQuestion question = ReplaysQuestion.transaction(name, PageOptions.of(REPLAYS, after));
        Answer<Page<ReplayHit>> answer = question.ask(lookup, clock);
        return part(
                Kind.TRANSACTION,
                question,
                answer instanceof Answer.Unknown ? lookup.transactionsContaining(name, DAYS_OF_NAMES) : answer,
                sentry);
    }

    private List<Part> event(IdPrefix event, Lookup lookup, Clock clock, SentryLinks sentry) {
        EventQuestion question = new EventQuestion(event, new ScopeOptions());
        Answer<EventStory> answer = question.ask(lookup, clock);
        if (!(answer instanceof Answer.Found<EventStory> found)) {
            return List.of(part(Kind.EVENT, question, answer, sentry));
        }
        List<String> why = new WhyQuestion(event, new ScopeOptions()).text(found.value(), SentryLinks.NONE);
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(Kind.EVENT.label(), true, json -> {
            AnswerJson.fields(question, answer, json, sentry);
            json.texts("why", why);
        }));
        found.value().links().stream()
                .map(link -> new IdPrefix(link.replayId()))
                .distinct()
                .forEach(replay -> parts.add(replay(replay, lookup, clock, sentry)));
        return parts;
    }

    private Part replay(IdPrefix replay, Lookup lookup, Clock clock, SentryLinks sentry) {
        PageOptions options = PageOptions.of(EVENTS, after, window);
        ReplayQuestion question = new ReplayQuestion(replay, options);
        Answer<ReplayStory> answer = question.ask(lookup, clock);
        Optional<EventDensity> density = answer instanceof Answer.Found<ReplayStory> found && after == null
                ? density(found.value(), options, lookup, clock)
                : Optional.empty();
        List<EventOutcome> naming = answer instanceof Answer.Unknown ? question.namedBy(lookup, clock) : List.of();
        return new Part(Kind.REPLAY.label(), !(answer instanceof Answer.Unknown) || !naming.isEmpty(), json -> {
            AnswerJson.fields(question, answer, json, sentry);
            ReplayQuestion.namedBy(naming, json);
            density.ifPresentOrElse(
                    value -> json.object("density", () -> DensityFields.write(value, json)),
                    () -> json.nothing("density"));
        });
    }

    /** Only of a replay with more than one page of events: the reader has the others. */
    private static Optional<EventDensity> density(ReplayStory story, PageOptions options, Lookup lookup, Clock clock) {
        return story.events().next() == null
                ? Optional.empty()
                : lookup.density(story, options.filter(Cursor.Order.EVENTS, clock), STEPS);
    }

    private static <T> Part part(Kind kind, Question<T> question, Lookup lookup, Clock clock, SentryLinks sentry) {
        return part(kind, question, question.ask(lookup, clock), sentry);
    }

    private static <T> Part part(Kind kind, Question<T> question, Answer<T> answer, SentryLinks sentry) {
        return new Part(
                kind.label(),
                !(answer instanceof Answer.Unknown),
                json -> AnswerJson.fields(question, answer, json, sentry));
    }

    private static Cursor.Order order(Kind kind) {
        return kind == Kind.REPLAY ? Cursor.Order.EVENTS : Cursor.Order.REPLAYS;
    }

    private static boolean isName(String text) {
        return text.length() >= SHORTEST_NAME
                && text.length() <= LONGEST_NAME
                && text.codePoints().noneMatch(Character::isISOControl);
    }

    /** An issue's number; empty if it has more digits than a long. */
    private static Optional<Long> number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            return Optional.empty();
        }
        long number = Long.parseUnsignedLong(text);
        return number == 0 ? Optional.empty() : Optional.of(number);
    }
}
