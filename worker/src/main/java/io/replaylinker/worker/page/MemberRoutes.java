package io.replaylinker.worker.page;

import io.replaylinker.worker.http.HttpServer;
import io.replaylinker.worker.http.RouteResponse;
import io.replaylinker.worker.members.MemberList;
import io.replaylinker.worker.members.Members;
import io.replaylinker.worker.members.ReportJson;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/members}: all workers, which are asked at most once in three seconds, however many clients there are; and {@code
 * /api/member}: this worker alone, for the others. The latter asks nobody, so workers cannot ask each other in a circle.
 */
final class MemberRoutes {

    private static final Duration KEPT = Duration.ofSeconds(3);

    private MemberRoutes() {}

    static void addTo(HttpServer.Builder server, Members members) {
        server.get("/api/member", request -> own(members)).get("/api/members", new All(members));
    }

    private static RouteResponse own(Members members) {
        return Json.ok(json -> ReportJson.write(members.own(), json));
    }

    private static final class All extends KeptAnswerRoute {

        private final Members members;

        All(Members members) {
            super(Clock.systemUTC(), KEPT);
            this.members = members;
        }

        @Override
        RouteResponse query(Instant now) throws InterruptedException {
            MemberList list = members.ask();
            return Json.ok(json -> {
                json.time("now", now);
                list.write(json);
            });
        }

        @Override
        RouteResponse failed(Instant now, @Nullable String problem) {
            return Json.error(Json.UNAVAILABLE, String.valueOf(problem));
        }
    }
}
