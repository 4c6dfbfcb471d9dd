package io.replaylinker.runtime.settings;

import io.replaylinker.schemas.Method;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The kinds of values that settings have. */
final class ValueTypes {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");
    private static final Pattern BYTES = Pattern.compile("(\\d{1,9})\\s*([kmgKMG])");
    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
    private static final Pattern SQL_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

    /** As Kafka reads {@code application.server}; the last colon is that of the port, in an IPv6 address too. */
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(?:\\[[\\w:.%]+]|[\\w.-]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*):(\\d{1,5})");

    private static final Pattern PAGE_PATH = Pattern.compile("(?!/)[\\w./-]*\\{id}[\\w./-]*");

    /** As Sentry has them; one of digits alone would be taken for an id. */
    private static final Pattern SLUG = Pattern.compile("(?![0-9]+$)[A-Za-z0-9_-]{1,64}");

    private static final String NONE = "none";
    private static final int SHORTEST_KEY = 16;

    private static final String FLAG = "flag";
    private static final String FLAG_IS_GONE =
            "is no method any more: events with a flag are linked by the other methods, and reported where they have no link";

    private ValueTypes() {}

    /** Key of a hash: a short key could be found by brute force. */
    static ValueType<String> key() {
        return new ValueType<>("a text of " + SHORTEST_KEY + " characters or more", text -> {
            require(text.length() >= SHORTEST_KEY);
            return text;
        });
    }

    static ValueType<String> text() {
        return new ValueType<>("text", text -> text);
    }

    /** An address to connect to. */
    static ValueType<String> hostAndPort() {
        return new ValueType<>(
                "a host and a port from 1 to 65535, as worker-1.example:8080 or [fd00::1]:8080", text -> {
                    Matcher matcher = HOST_AND_PORT.matcher(text);
                    require(matcher.matches());
                    int port = Integer.parseInt(matcher.group(1));
                    require(port >= 1 && port <= 65_535);
                    return text;
                });
    }

    static ValueType<Boolean> yesOrNo() {
        return new ValueType<>("true or false", text -> {
            require(text.equals("true") || text.equals("false"));
            return text.equals("true");
        });
    }

    /** An id of Sentry. */
    static ValueType<Long> id() {
        return new ValueType<>("an id: a whole number from 1 on", text -> {
            long id = Long.parseLong(text);
            require(id > 0);
            return id;
        });
    }

    static ValueType<Integer> integer(int min, int max) {
        return new ValueType<>("a whole number from " + min + " to " + max, text -> {
            int number = Integer.parseInt(text);
            require(number >= min && number <= max);
            return number;
        });
    }

    static ValueType<Duration> duration(Duration min, Duration max) {
        String range = "a duration from " + format(min) + " to " + format(max) + ", as 500ms, 30s, 15m, 2h or 7d";
        return new ValueType<>(range, text -> {
            Duration duration = parseDuration(text);
            require(duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0);
            return duration;
        });
    }

    /** Units of 1024 each, in either case, as a JVM takes them. */
    static ValueType<ByteSize> bytes(ByteSize min, ByteSize max) {
        return new ValueType<>("a size from " + min + " to " + max + ", as 64m or 1g", text -> {
            Matcher matcher = BYTES.matcher(text);
            require(matcher.matches());
            int unit = "kmg".indexOf(matcher.group(2).toLowerCase(Locale.ROOT));
            long size = Long.parseLong(matcher.group(1)) << (10 * (unit + 1));
            require(size >= min.bytes() && size <= max.bytes());
            return new ByteSize(size);
        });
    }

    static ValueType<String> topic() {
        return new ValueType<>("a topic name (letters, digits, dots, underscores, dashes)", text -> {
            require(TOPIC.matcher(text).matches());
            return text;
        });
    }

    static ValueType<String> sqlName() {
        return new ValueType<>("a name of letters, digits and underscores", text -> {
            require(SQL_NAME.matcher(text).matches());
            return text;
        });
    }

    /** The enum has one more constant, for what a newer version may write. */
    static ValueType<Set<Method>> methods() {
        return new ValueType<>("some of replay_id, error_id, span, trace, user, with commas between", text -> {
            if (elements(text).contains(FLAG)) {
                throw new FormerValueException(FLAG, FLAG_IS_GONE);
            }
            Set<Method> chosen = someOf(Method.class).read(text);
            require(!chosen.contains(Method.UNKNOWN));
            return chosen;
        });
    }

    static ValueType<Map<Long, Set<Method>>> methodsByProject() {
        return new ValueType<>(
                "project ids, each with its methods or none, as 22:replay_id+trace,33:none",
                text -> byId(
                        text, kinds -> kinds.equals(NONE) ? Set.of() : methods().read(kinds.replace('+', ','))));
    }

    static ValueType<Map<Long, String>> slugsByOrganization() {
        return new ValueType<>("organization ids, each with its slug, as 1:acme,2:other", text -> {
            Map<Long, String> slugs = byId(text, slug -> {
                require(SLUG.matcher(slug).matches());
                return slug;
            });
            require(slugs.keySet().stream().allMatch(organization -> organization > 0));
            return slugs;
        });
    }

    /** Values by ids, none of them twice, as {@code 1:value,2:value}. */
    private static <T> Map<Long, T> byId(String text, Function<String, T> value) {
        Map<Long, T> byId = new TreeMap<>();
        for (String element : elements(text)) {
            int colon = element.indexOf(':');
            require(colon > 0);
            long id = Long.parseLong(element.substring(0, colon).strip());
            require(byId.put(id, value.apply(element.substring(colon + 1).strip())) == null);
        }
        return byId;
    }

    /** The path of a page below that of its organization. */
    static ValueType<String> pagePath() {
        return new ValueType<>(
                "a path with {id} in it once, as explore/replays/{id}/, without a slash in front", text -> {
                    require(PAGE_PATH.matcher(text).matches());
                    return text;
                });
    }

    /** Without slashes at its end. It is shown to readers, so it must not carry a password. */
    static ValueType<String> webAddress() {
        String description =
                "an address as https://sentry.example.com: http or https, and neither a user, a query nor a fragment";
        return new ValueType<>(description, text -> {
            URI uri = URI.create(text);
            require("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()));
            require(uri.getHost() != null && uri.getRawUserInfo() == null);
            require(uri.getRawQuery() == null && uri.getRawFragment() == null);
            return text.replaceAll("/+$", "");
        });
    }

    static ValueType<Double> share() {
        return new ValueType<>("a share above 0 and at most 1, as 0.25", text -> {
            double share = Double.parseDouble(text);
            require(share > 0 && share <= 1);
            return share;
        });
    }

    static <E extends Enum<E>> ValueType<E> oneOf(Class<E> type) {
        return new ValueType<>("one of " + names(type), text -> constant(type, text));
    }

    static <E extends Enum<E>> ValueType<Set<E>> someOf(Class<E> type) {
        return new ValueType<>("some of " + names(type) + ", with commas between", text -> {
            EnumSet<E> chosen = EnumSet.noneOf(type);
            elements(text).forEach(element -> chosen.add(constant(type, element)));
            require(!chosen.isEmpty());
            return Set.copyOf(chosen);
        });
    }

    static ValueType<List<SourceTopic>> sourceTopics() {
        String description =
                "different topics with their formats (sentry-json or avro), as events:sentry-json,orders:avro";
        return new ValueType<>(description, text -> {
            List<SourceTopic> topics =
                    elements(text).stream().map(ValueTypes::sourceTopic).toList();
            require(topics.stream().map(SourceTopic::topic).distinct().count() == topics.size());
            return topics;
        });
    }

    static ValueType<List<SourceTopic>> sourceTopicsOrNone() {
        ValueType<List<SourceTopic>> topics = sourceTopics();
        return new ValueType<>(
                NONE + ", or " + topics.description(), text -> text.equals(NONE) ? List.of() : topics.read(text));
    }

    /** As Kafka spells its own: {@code exactly_once_v2}. Dashes for the underscores are read as well. */
    static String settingName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** In the largest unit that divides it without a remainder: {@code 15m}. */
    static String format(Duration duration) {
        long millis = duration.toMillis();
        if (millis == 0 || millis % 1000 != 0) {
            return millis == 0 ? "0s" : millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    /** The value as one would write it. */
    static String show(Object value) {
        if (value instanceof Duration duration) {
            return format(duration);
        }
        if (value instanceof Enum<?> constant) {
            return settingName(constant);
        }
        if (value instanceof Map<?, ?> byKey) {
            return byKey.entrySet().stream()
                    .map(entry -> entry.getKey() + ":" + showKinds(entry.getValue()))
                    .collect(Collectors.joining(","));
        }
        if (value instanceof Collection<?> elements && elements.isEmpty()) {
            return NONE;
        }
        return value instanceof Collection<?> elements
                ? elements.stream().map(ValueTypes::show).sorted().collect(Collectors.joining(","))
                : value.toString();
    }

    private static String showKinds(Object kinds) {
        return show(kinds).replace(',', '+');
    }

    private static Duration parseDuration(String text) {
        Matcher matcher = DURATION.matcher(text);
        require(matcher.matches());
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    private static SourceTopic sourceTopic(String text) {
        int colon = text.lastIndexOf(':');
        require(colon > 0);
        return new SourceTopic(
                topic().read(text.substring(0, colon).strip()),
                constant(SourceFormat.class, text.substring(colon + 1).strip()));
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> settingName(constant).equals(text.replace('-', '_')))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new);
    }

    private static <E extends Enum<E>> String names(Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(ValueTypes::settingName)
                .collect(Collectors.joining(", "));
    }

    private static List<String> elements(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException();
        }
    }
}
