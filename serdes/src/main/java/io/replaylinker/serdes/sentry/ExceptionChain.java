package io.replaylinker.serdes.sentry;

import io.replaylinker.schemas.ErrorDetail;
import io.replaylinker.schemas.ErrorFrame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code data.exception}: a chain of exceptions, the cause first. What Sentry shows as the error is the last one. Frames are in the order of
 * calls, the newest last. Variables, source lines and everything else in a frame are not read.
 */
final class ExceptionChain {

    static final ExceptionChain NONE = new ExceptionChain();

    static final int MAX_FRAMES = 16;

    private @Nullable String type;
    private @Nullable String value;
    private @Nullable String module;
    private @Nullable Boolean handled;
    private List<ErrorFrame> frames = List.of();

    private ExceptionChain() {}

    static ExceptionChain read(JsonCursor cursor) throws JsonException {
        ExceptionChain last = NONE;
        if (cursor.isArray()) {
            return readValues(cursor, last);
        }
        if (!cursor.enterObject()) {
            return NONE;
        }
        for (String name = cursor.nextField(); name != null; name = cursor.nextField()) {
            if (name.equals("values")) {
                last = readValues(cursor, last);
            } else {
                cursor.skip();
            }
        }
        return last;
    }

    /** Elements that are null or another type are left out by Sentry too. */
    private static ExceptionChain readValues(JsonCursor cursor, ExceptionChain before) throws JsonException {
        ExceptionChain last = before;
        if (cursor.enterArray()) {
            while (cursor.nextElement()) {
                if (cursor.isObject()) {
                    last = readOne(cursor);
                } else {
                    cursor.skip();
                }
            }
        }
        return last;
    }

    private static ExceptionChain readOne(JsonCursor cursor) throws JsonException {
        ExceptionChain one = new ExceptionChain();
        cursor.enterObject();
        for (String name = cursor.nextField(); name != null; name = cursor.nextField()) {
            switch (name) {
                case "type" -> one.type = cursor.string();
                case "value" -> one.value = cursor.text();
                case "module" -> one.module = cursor.string();
                case "mechanism" -> one.handled = readHandled(cursor);
                case "stacktrace" -> one.frames = readFrames(cursor);
                default -> cursor.skip();
            }
        }
        return one;
    }

    private static @Nullable Boolean readHandled(JsonCursor cursor) throws JsonException {
        Boolean handled = null;
        if (cursor.enterObject()) {
            for (String name = cursor.nextField(); name != null; name = cursor.nextField()) {
                if (name.equals("handled")) {
                    handled = cursor.flag();
                } else {
                    cursor.skip();
                }
            }
        }
        return handled;
    }

    private static List<ErrorFrame> readFrames(JsonCursor cursor) throws JsonException {
        Deque<ErrorFrame> own = new ArrayDeque<>();
        Deque<ErrorFrame> all = new ArrayDeque<>();
        if (!cursor.enterObject()) {
            return List.of();
        }
        for (String name = cursor.nextField(); name != null; name = cursor.nextField()) {
            if (!name.equals("frames") || !cursor.isArray()) {
                cursor.skip();
                continue;
            }
            cursor.enterArray();
            while (cursor.nextElement()) {
                if (!cursor.isObject()) {
                    cursor.skip();
                    continue;
                }
                ErrorFrame frame = readFrame(cursor);
                addNewest(all, frame);
                if (frame.getInApp()) {
                    addNewest(own, frame);
                }
            }
        }
        List<ErrorFrame> newestFirst = new ArrayList<>(MAX_FRAMES);
        Iterator<ErrorFrame> frames = (own.isEmpty() ? all : own).descendingIterator();
        frames.forEachRemaining(newestFirst::add);
        return newestFirst;
    }

    private static void addNewest(Deque<ErrorFrame> frames, ErrorFrame frame) {
        if (frames.size() == MAX_FRAMES) {
            frames.removeFirst();
        }
        frames.addLast(frame);
    }

    private static ErrorFrame readFrame(JsonCursor cursor) throws JsonException {
        String function = null;
        String file = null;
        String path = null;
        String module = null;
        long line = 0;
        boolean inApp = false;
        cursor.enterObject();
        for (String name = cursor.nextField(); name != null; name = cursor.nextField()) {
            switch (name) {
                case "function" -> function = cursor.string();
                case "filename" -> file = cursor.string();
                case "abs_path" -> path = cursor.string();
                case "module" -> module = cursor.string();
                case "lineno" -> line = cursor.integer(0);
                case "in_app" -> inApp = Boolean.TRUE.equals(cursor.flag());
                default -> cursor.skip();
            }
        }
        ErrorFrame frame = new ErrorFrame();
        frame.setFunction(function == null ? "" : function);
        String where = EventTags.firstOf(EventTags.firstOf(file, path), module);
        frame.setFile(where == null ? "" : where);
        frame.setLine((int) Math.min(Math.max(line, 0), Integer.MAX_VALUE));
        frame.setInApp(inApp);
        return frame;
    }

    /** The last exception, without a culprit; everything is null or empty where there is none. */
    ErrorDetail toDetail() {
        ErrorDetail detail = new ErrorDetail();
        detail.setType(type == null ? module : type);
        detail.setValue(value);
        detail.setHandled(handled);
        detail.setFrames(frames);
        return detail;
    }
}
