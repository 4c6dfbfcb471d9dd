package io.replaylinker.local.sample;

import io.replaylinker.local.sample.SentryMessages.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One morning in a small shop, as Sentry's topics would show it: each visit is one way in which a backend event and a replay
 * belong together, or one reason why they do not. Times are seconds after nine.
 *
 * <p>Organization 1 is the shop: project 11 its website, 22 its API, 33 its payment service, 44 its
 * warehouse, which is traced by OpenTelemetry. Organization 2 is somebody else.
 */
final class Shop {

    private static final int WEB = 11;
    private static final int API = 22;
    private static final int PAYMENTS = 33;
    private static final int WAREHOUSE = 44;
    private static final int STRANGER = 77;

    private final List<SentryMessages.Line> lines = new ArrayList<>();

    /** The dump, in the order in which the broker would have got it. */
    static List<String> dump() {
        Shop shop = new Shop();
        shop.annaPaysAndTheApiNamesHerReplay();
        shop.benComesThroughAGatewayThatOnlyFlags();
        shop.chloesPaymentKnowsOnlyTheTrace();
        shop.dorasPageFailsOnTheServerBeforeHerReplayStarts();
        shop.emilsReplayIsSentOnlyAfterHisError();
        shop.visitorsOfTheCachedLandingPageShareItsTrace();
        shop.finnsReplayNeverArrives();
        shop.gretaHasTheShopOpenTwice();
        shop.henryHasHisReplayDeleted();
        shop.idasVisitIsStreamedSpanBySpan();
        shop.oneOfTheVisitorsOfTheCachedOutletIsRecorded();
        shop.kimWritesWhatWentWrong();
        shop.aStrangerNamesAnnasReplay();
        shop.aJobAtNightHasNoReplay();
        shop.theTopicsHoldMoreThanEventsAndSegments();
        return shop.lines.stream()
                .sorted(Comparator.comparingLong(SentryMessages.Line::timestampMs))
                .map(SentryMessages.Line::json)
                .toList();
    }

    /** By id: the replay context on the errors, the baggage header on the slow call. */
    private void annaPaysAndTheApiNamesHerReplay() {
        lines.add(event(1, 2.1, "transaction", WEB, "/").replayContext(1).line());
        lines.add(SentryMessages.segmentAsObject(2.6, WEB, replay(1), 0, 0.0, trace(1)));
        lines.add(event(2, 4.2, "error", API, "POST /api/cart").replayContext(1).line());
        lines.add(SentryMessages.segmentAsBytes(7.7, WEB, replay(1), 1, 0.0));
        lines.add(event(3, 12.9, "transaction", API, "GET /api/recommendations")
                .took(8.4)
                .baggage(1)
                .line());
        lines.add(event(4, 14.0, "fatal", API, "POST /api/checkout")
                .replayContext(1)
                .line());
        lines.add(SentryMessages.segmentAsObject(15.1, WEB, replay(1), 2, 0.0));
    }

    /** By flag: a fourth part of the sentry-trace header, and the tag that older SDKs set. */
    private void benComesThroughAGatewayThatOnlyFlags() {
        lines.add(SentryMessages.segmentAsBytes(63.0, WEB, replay(2), 0, 58.0, trace(2)));
        lines.add(event(5, 64.5, "error", API, "GET /api/stock")
                .trace(2)
                .flagHeader()
                .line());
        lines.add(event(6, 66.0, "warning", API, "GET /api/stock")
                .trace(2)
                .flagTag()
                .line());
        lines.add(SentryMessages.segmentAsBytes(68.2, WEB, replay(2), 1, 58.0));
    }

    /** By trace alone: the service behind the API knows nothing of replays. */
    private void chloesPaymentKnowsOnlyTheTrace() {
        lines.add(SentryMessages.segmentAsObject(125.0, WEB, replay(3), 0, 120.0, trace(3)));
        lines.add(event(7, 127.3, "error", PAYMENTS, "charge").trace(3).line());
        lines.add(SentryMessages.segmentAsObject(130.1, WEB, replay(3), 1, 120.0));
    }

    /** The page continues the trace of the server that rendered it, whose error came before there was a browser. */
    private void dorasPageFailsOnTheServerBeforeHerReplayStarts() {
        lines.add(event(8, 180.4, "error", API, "GET /products/[id]").trace(4).line());
        lines.add(SentryMessages.segmentAsObject(187.0, WEB, replay(4), 0, 181.9, trace(4)));
    }

    /** A buffered replay lists no trace; the frontend error that sets it off carries both ids and so teaches the trace. */
    private void emilsReplayIsSentOnlyAfterHisError() {
        lines.add(event(9, 300.2, "error", API, "PUT /api/address").trace(5).line());
        lines.add(event(10, 302.0, "error", WEB, "/account")
                .trace(5)
                .replayContext(5)
                .line());
        lines.add(SentryMessages.bufferedSegment(304.5, WEB, replay(5), 0, 244.0));
    }

    /** A cached page gives one trace to everybody, so that only an explicit id still tells whose error it was. */
    private void visitorsOfTheCachedLandingPageShareItsTrace() {
        IntStream.range(0, 12)
                .forEach(visitor -> lines.add(SentryMessages.segmentAsObject(
                        400 + visitor, WEB, replay(60 + visitor), 0, 395 + visitor, trace(6))));
        lines.add(event(11, 406.3, "error", API, "GET /api/banner")
                .trace(6)
                .flagHeader()
                .line());
        lines.add(event(12, 407.1, "error", API, "GET /api/banner")
                .trace(6)
                .replayContext(63)
                .line());
    }

    /** The tab was closed before the first segment went out; the id on the error leads nowhere. */
    private void finnsReplayNeverArrives() {
        lines.add(event(13, 500.0, "error", API, "POST /api/login")
                .replayContext(7)
                .line());
    }

    /** Two tabs of one trace, both recording while the error happens. */
    private void gretaHasTheShopOpenTwice() {
        for (int tab = 0; tab < 2; tab++) {
            lines.add(SentryMessages.segmentAsObject(605.0 + tab, WEB, replay(80 + tab), 0, 600.0 + tab, trace(8)));
            lines.add(SentryMessages.segmentAsObject(615.0 + tab, WEB, replay(80 + tab), 1, 600.0 + tab));
        }
        lines.add(event(14, 604.0, "error", API, "GET /api/orders")
                .trace(8)
                .flagHeader()
                .line());
    }

    /** Links to a replay that a user deleted are taken back. */
    private void henryHasHisReplayDeleted() {
        lines.add(SentryMessages.segmentAsBytes(705.0, WEB, replay(9), 0, 700.0, trace(9)));
        lines.add(event(15, 706.0, "error", API, "POST /api/returns")
                .replayContext(9)
                .line());
        lines.add(SentryMessages.archive(760.0, WEB, replay(9)));
    }

    /** By span: SDK 11 sends no transactions. Her replay lists no trace, and what fails is two services behind her page. */
    private void idasVisitIsStreamedSpanBySpan() {
        String page = span(1);
        String fetch = span(2);
        String api = span(3);
        String request = span(4);
        String stock = span(5);
        lines.add(new StreamedSpan(WEB, 11, page, null)
                .named("/outlet", "pageload")
                .platform("browser")
                .replay(20)
                .in(page)
                .during(800.2, 801.6)
                .receivedAfter(0.4));
        lines.add(new StreamedSpan(WEB, 11, fetch, page)
                .named("GET /api/outlet", "http.client")
                .platform("browser")
                .replay(20)
                .in(page)
                .during(800.9, 801.5)
                .receivedAfter(0.5));
        lines.add(new StreamedSpan(API, 11, api, fetch)
                .named("GET /api/outlet", "http.server")
                .platform("node")
                .failed()
                .in(api)
                .during(800.95, 801.4)
                .receivedAfter(1.1));
        lines.add(new StreamedSpan(API, 11, request, api)
                .named("GET http://warehouse/stock", "http.client")
                .platform("node")
                .in(api)
                .during(801.0, 801.3)
                .receivedAfter(1.2));
        lines.add(new StreamedSpan(WAREHOUSE, 11, stock, request)
                .named("GET /stock/{sku}", "http.server")
                .failed()
                .fromOpenTelemetry()
                .during(801.05, 801.25)
                .receivedAfter(2.5));
        lines.add(event(18, 801.2, "error", WAREHOUSE, "GET /stock/{sku}")
                .trace(11)
                .during(stock, request)
                .line());
        lines.add(SentryMessages.segmentAsObject(805.2, WEB, replay(20), 0, 800.0));
    }

    /** A cached page once more: whose call it was says the path of spans, and where there is none, nothing does. */
    private void oneOfTheVisitorsOfTheCachedOutletIsRecorded() {
        for (int visitor = 0; visitor < 3; visitor++) {
            outletCall(visitor, 850.0 + 10 * visitor);
        }
        lines.add(event(19, 856.4, "error", API, "POST /api/coupon")
                .trace(12)
                .during(span(32), span(31))
                .line());
        lines.add(event(20, 866.4, "error", API, "POST /api/coupon")
                .trace(12)
                .during(span(42), span(41))
                .line());
        lines.add(event(21, 867.0, "error", PAYMENTS, "redeem").trace(12).line());
        lines.add(SentryMessages.segmentAsObject(861.0, WEB, replay(21), 0, 850.0, trace(12)));
    }

    /** The first of the visitors is recorded. */
    private void outletCall(int visitor, double from) {
        String page = span(30 + 10 * visitor);
        String fetch = span(31 + 10 * visitor);
        String api = span(32 + 10 * visitor);
        StreamedSpan load = new StreamedSpan(WEB, 12, page, span(29))
                .named("/outlet", "pageload")
                .platform("browser")
                .in(page)
                .during(from, from + 1.2);
        StreamedSpan call = new StreamedSpan(WEB, 12, fetch, page)
                .named("POST /api/coupon", "http.client")
                .platform("browser")
                .in(page)
                .during(from + 6, from + 6.5);
        if (visitor == 0) {
            load.replay(21);
            call.replay(21);
        }
        lines.add(load.receivedAfter(0.5));
        lines.add(call.receivedAfter(0.5));
        lines.add(new StreamedSpan(API, 12, api, fetch)
                .named("POST /api/coupon", "http.server")
                .platform("node")
                .failed()
                .in(api)
                .during(from + 6.1, from + 6.4)
                .receivedAfter(0.8));
    }

    /** Feedback comes on a topic of its own. */
    private void kimWritesWhatWentWrong() {
        lines.add(SentryMessages.segmentAsObject(905.0, WEB, replay(22), 0, 900.0, trace(13)));
        lines.add(SentryMessages.feedback(912.0, WEB, "%08x%024x".formatted(0xe0e0_0016, 0xbeefL * 22), replay(22)));
    }

    /** Ids are no secrets: whoever saw one can send it. */
    private void aStrangerNamesAnnasReplay() {
        lines.add(event(16, 20.0, "error", STRANGER, "GET /admin")
                .replayContext(1)
                .line());
    }

    private void aJobAtNightHasNoReplay() {
        lines.add(
                event(17, 30.0, "error", PAYMENTS, "nightly-invoices").trace(10).line());
    }

    private void theTopicsHoldMoreThanEventsAndSegments() {
        lines.add(SentryMessages.raw(
                31.0, "events", "[2,\"end_merge\",{\"project_id\":22,\"transaction_id\":\"b1946ac9\"}]"));
        lines.add(SentryMessages.tombstone(32.0, "events"));
        lines.add(SentryMessages.click(33.0, WEB, replay(1)));
        lines.add(SentryMessages.raw(34.0, "events", "[2,\"insert\",{\"event_id\":\"cut off in the mid"));
        lines.add(
                SentryMessages.raw(35.0, "ingest-replay-events", "{\"replay_id\":\"none of this\",\"project_id\":11}"));
    }

    private static Event event(int number, double seconds, String kind, int project, String where) {
        int organization = project == STRANGER ? 2 : 1;
        return new Event(number, seconds, kind, organization, project, where).trace(number > 4 ? 900 + number : 1);
    }

    static String replay(int number) {
        return "%08x%024x".formatted(0x5e55_0000 + number, 0xfeedL * (number + 1));
    }

    static String trace(int number) {
        return "%08x%024x".formatted(0x7ace_0000 + number, 0xcafeL * (number + 1));
    }

    static String span(int number) {
        return "%08x%08x".formatted(0x5ba0_0000 + number, 0xface * (number + 1));
    }
}
