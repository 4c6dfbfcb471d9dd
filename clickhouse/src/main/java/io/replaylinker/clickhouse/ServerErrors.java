package io.replaylinker.clickhouse;

import com.clickhouse.client.api.ClientMisconfigurationException;
import com.clickhouse.client.api.ServerException;
import java.sql.SQLException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Translates failures of the driver: whether they may pass, and what to do. {@link ErrorClasses} defines the class. The project's own
 * message replaces the server's where that is unclear or may quote a row.
 */
final class ServerErrors {

    private static final int TOO_MANY_PARTS = 252;
    private static final int CONSTRAINT = 469;
    private static final int NO_RIGHTS = 497;

    /** Matches the missing grant in the server's message. The columns of an insert are left out, because an insert names all of them. */
    private static final Pattern RIGHT =
            Pattern.compile("necessary to have the grant ([A-Z][A-Z ,]*)(?:\\([^)]*\\))?( ON [^ ]+?)\\.? ");

    /** What to do, for codes that are more specific than the server's message. */
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
            Map.entry(159, "the server exceeded the time limit"),
            Map.entry(164, "the user or the server is read-only; give the user a profile without readonly"),
            Map.entry(241, "the server has too little memory for the insert"),
            Map.entry(242, "the table is read-only, as after its replica lost its Keeper"),
            Map.entry(243, "the server's disk is full; make room"),
            Map.entry(319, "it is unknown whether the rows were inserted; they are sent again unchanged"),
            Map.entry(516, "wrong user or password"));

    private ServerErrors() {}

    /** Translates a failure into one line that names the server and contains neither secrets nor values of rows. */
    static StorageException translate(
            ClickHouseSettings settings, ErrorClasses classes, String doing, Exception failure) {
        String where = settings + ": " + doing + " failed: ";
        ServerException answer = find(ServerException.class, failure);
        int code = answer != null ? answer.getCode() : sqlCode(failure);
        if (code > 0) {
            return new StorageException(
                    classes.of(code, String.valueOf(failure.getMessage())), where + describe(code, failure), failure);
        }
        int status = answer == null ? 0 : answer.getTransportProtocolCode();
        if (status == 401 || status == 403 || status == 404) {
            return new StorageException(
                    ErrorClass.PERMANENT,
                    where + "HTTP status " + status + "; is this the HTTP interface of ClickHouse?",
                    failure);
        }
        if (find(ClientMisconfigurationException.class, failure) != null) {
            return new StorageException(ErrorClass.PERMANENT, where + oneLine(failure), failure);
        }
        return new StorageException(ErrorClass.RETRYABLE, where + unanswered(failure), failure);
    }

    /** The innermost message of a TLS failure alone is unclear: only a certificate's end date, or a list of names. */
    private static String unanswered(Exception failure) {
        SSLException tls = find(SSLException.class, failure);
        String innermost = oneLine(root(failure));
        if (tls == null) {
            return innermost;
        }
        String message = oneLine(tls);
        return "no encrypted connection: " + (message.contains(innermost) ? message : message + ": " + innermost);
    }

    private static String describe(int code, Exception failure) {
        String remedy = REMEDIES.get(code);
        if (remedy == null && code == TOO_MANY_PARTS) {
            remedy = String.valueOf(failure.getMessage()).contains("Too many partitions")
                    ? "the rows are of too many partitions for one insert"
                    : "the table has too many parts, its merges are behind";
        }
        if (remedy == null && code == CONSTRAINT) {
            remedy = "a constraint of the table refuses a row";
        }
        if (remedy == null && code == NO_RIGHTS) {
            Matcher right = RIGHT.matcher(failure.getMessage() + " ");
            remedy = "the user lacks rights on the database; it needs "
                    + (right.find() ? right.group(1) + right.group(2) : "INSERT and SELECT");
        }
        if (remedy == null) {
            // The server's message may quote the value.
            remedy = ErrorClasses.mayQuoteRows(code) ? "the rows do not fit the table" : oneLine(failure);
        }
        return remedy + " (code " + code + ")";
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
