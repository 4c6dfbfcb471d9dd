package io.replaylinker.sinks.clickhouse;

import com.clickhouse.client.api.ClientMisconfigurationException;
import com.clickhouse.client.api.ServerException;
import io.replaylinker.sinks.ErrorClass;
import io.replaylinker.sinks.SinkException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a failure of the driver means: may it pass, and what is to be done. Codes are those of ClickHouse's
 * {@code src/Common/ErrorCodes.cpp}. A code that stands in no list is taken to pass, because a sink that waits loses nothing.
 */
final class ServerErrors {

    private static final int SYNTAX_ERROR = 62;
    private static final int TOO_MANY_PARTS = 252;

    /** Somebody has to change settings, rights or tables. */
    private static final Map<Integer, String> REMEDIES = Map.ofEntries(
            Map.entry(16, "the table lacks a column; bring it up to date with the command tables --apply"),
            Map.entry(20, "the table has another number of columns than expected"),
            Map.entry(36, "the server refuses a setting or argument"),
            Map.entry(47, "the table lacks a column; bring it up to date with the command tables --apply"),
            Map.entry(48, "the server's engine cannot do this"),
            Map.entry(50, "the server does not know a type that the tables need"),
            Map.entry(60, "the table does not exist; make it with the command tables --apply"),
            Map.entry(73, "the server does not know the format RowBinary"),
            Map.entry(81, "the database does not exist; make it with the command tables --apply"),
            Map.entry(115, "the server does not know a setting that was sent"),
            Map.entry(192, "the user does not exist"),
            Map.entry(193, "wrong user or password"),
            Map.entry(194, "the user needs a password"),
            Map.entry(195, "the server refuses connections from this address"),
            Map.entry(497, "the user lacks rights on the database; it needs INSERT and SELECT"),
            Map.entry(516, "wrong user or password"));

    /** The rows do not fit the table: the same bytes will never fit. */
    private static final Set<Integer> DATA = Set.of(6, 26, 27, 33, 38, 41, 53, 69, 70, 72, 117, 131, 229, 321, 349);

    private ServerErrors() {}

    /** The failure as one line that names the server and holds neither secrets nor values of rows. */
    static SinkException translate(ClickHouseSettings settings, String doing, Exception failure) {
        String where = settings + ": " + doing + " failed: ";
        ServerException answer = find(ServerException.class, failure);
        int code = answer != null ? answer.getCode() : sqlCode(failure);
        if (code > 0) {
            return new SinkException(classOf(code, failure), where + describe(code, failure), failure);
        }
        int status = answer == null ? 0 : answer.getTransportProtocolCode();
        if (status == 401 || status == 403 || status == 404) {
            return new SinkException(
                    ErrorClass.PERMANENT,
                    where + "HTTP status " + status + "; is this the HTTP interface of ClickHouse?",
                    failure);
        }
        if (find(ClientMisconfigurationException.class, failure) != null) {
            return new SinkException(ErrorClass.PERMANENT, where + oneLine(failure), failure);
        }
        return new SinkException(ErrorClass.RETRYABLE, where + oneLine(root(failure)), failure);
    }

    private static ErrorClass classOf(int code, Exception failure) {
        // One number for two things: too many parts passes when merges catch up, too many partitions in one block does
        // not.
        boolean tooManyPartitions =
                code == TOO_MANY_PARTS && String.valueOf(failure.getMessage()).contains("Too many partitions");
        boolean permanent =
                tooManyPartitions || code == SYNTAX_ERROR || REMEDIES.containsKey(code) || DATA.contains(code);
        return permanent ? ErrorClass.PERMANENT : ErrorClass.RETRYABLE;
    }

    private static String describe(int code, Exception failure) {
        String remedy = REMEDIES.get(code);
        if (remedy != null) {
            return remedy + " (code " + code + ")";
        }
        if (DATA.contains(code)) {
            // The server's own words may quote the value.
            return "the rows do not fit the table (code " + code + ")";
        }
        return oneLine(failure) + " (code " + code + ")";
    }

    private static int sqlCode(Exception failure) {
        SQLException sql = find(SQLException.class, failure);
        return sql == null ? 0 : sql.getErrorCode();
    }

    private static <E extends Throwable> @Nullable E find(Class<E> type, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    private static Throwable root(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static String oneLine(Throwable failure) {
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        String line = message.lines().findFirst().orElse("").strip();
        return line.length() > 200 ? line.substring(0, 200) + "..." : line;
    }
}
