package io.replaylinker.worker.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Routes a request, and refuses those that may not be answered. */
final class Dispatcher extends Handler.Abstract {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final Map<String, Route> routes;
    private final Map<String, PostedMessages> posts;
    private final Set<String> openPaths;
    private final AllowedHosts hosts;
    private final AccessToken token;
    private final ConnectionDeadlines deadlines;
    private final Semaphore atOnce;

    /**
     * A dispatcher of these routes.
     *
     * @param posts routes for messages; their paths differ from those of the others
     * @param openPaths are answered without the token, and however many other requests are being answered
     * @param atOnce how many of the others are answered at the same time
     */
    Dispatcher(
            Map<String, Route> routes,
            Map<String, PostedMessages> posts,
            Set<String> openPaths,
            AllowedHosts hosts,
            AccessToken token,
            ConnectionDeadlines deadlines,
            int atOnce) {
        this.routes = routes;
        this.posts = posts;
        this.openPaths = openPaths;
        this.hosts = hosts;
        this.token = token;
        this.deadlines = deadlines;
        this.atOnce = new Semaphore(atOnce);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        deadlines.requestReceived(request.getConnectionMetaData().getConnection());
        RouteResponse answer = answer(request, response);
        Headers.addTo(response.getHeaders());
        response.setStatus(answer.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.body().length);
        boolean head = HttpMethod.HEAD.is(request.getMethod());
        response.write(true, head ? ByteBuffer.allocate(0) : ByteBuffer.wrap(answer.body()), callback);
        return true;
    }

    private RouteResponse answer(Request request, Response response) {
        // The path as it was sent: a path that needs decoding or normalizing does not match any route.
        String path = String.valueOf(request.getHttpURI().getPath());
        if (!hosts.allow(request.getHttpURI().getHost())) {
            return refusal(HttpStatus.MISDIRECTED_REQUEST_421, "use localhost or 127.0.0.1");
        }
        if (!openPaths.contains(path) && !token.isShownBy(request.getHeaders().get(HttpHeader.AUTHORIZATION))) {
            response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, AccessToken.CHALLENGE);
            return refusal(
                    HttpStatus.UNAUTHORIZED_401,
                    "send http.token as 'Authorization: Bearer TOKEN', or as the password of any user");
        }
        PostedMessages messages = posts.get(path);
        if (messages != null) {
            return posted(messages, path, request, response);
        }
        Route route = routes.get(path);
        if (route == null) {
            return refusal(HttpStatus.NOT_FOUND_404, "not found");
        }
        if (!HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
            return refusal(HttpStatus.METHOD_NOT_ALLOWED_405, "only GET and HEAD are supported");
        }
        if (request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)) {
            return refusal(HttpStatus.PAYLOAD_TOO_LARGE_413, "a request must not have a body");
        }
        return openPaths.contains(path) ? run(route, path, request) : inTurn(response, () -> run(route, path, request));
    }

    private RouteResponse posted(PostedMessages messages, String path, Request request, Response response) {
        if (!PostedMessages.isOfThisServer(request)) {
            return refusal(HttpStatus.FORBIDDEN_403, "pages of other servers may not ask");
        }
        if (!HttpMethod.POST.is(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, "POST");
            return refusal(HttpStatus.METHOD_NOT_ALLOWED_405, "only POST is supported");
        }
        return inTurn(response, () -> run(messages, path, request));
    }

    /** Bounds the slow answers, so that threads are left for the probes, without which the worker would be taken for dead. */
    private RouteResponse inTurn(Response response, Supplier<RouteResponse> answer) {
        if (!atOnce.tryAcquire()) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, 1);
            return refusal(HttpStatus.SERVICE_UNAVAILABLE_503, "too many concurrent requests; retry later");
        }
        try {
            return answer.get();
        } finally {
            atOnce.release();
        }
    }

    private static RouteResponse run(Route route, String path, Request request) {
        Map<String, String> query;
        try {
            query = query(request);
        } catch (RuntimeException e) {
            return refusal(HttpStatus.BAD_REQUEST_400, "the query after the question mark cannot be read");
        }
        try {
            return route.answer(new RouteRequest(path, query));
        } catch (Exception e) {
            return failure(path, e);
        }
    }

    private static RouteResponse run(PostedMessages messages, String path, Request request) {
        Optional<PostedMessage> message;
        try {
            message = messages.read(request);
        } catch (IOException e) {
            return refusal(HttpStatus.BAD_REQUEST_400, "the body cannot be read");
        }
        if (message.isEmpty()) {
            return refusal(
                    HttpStatus.PAYLOAD_TOO_LARGE_413, "a message has at most " + messages.mostBytes() + " bytes");
        }
        try {
            return messages.route().answer(message.get());
        } catch (Exception e) {
            return failure(path, e);
        }
    }

    private static RouteResponse failure(String path, Exception e) {
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        LOG.warn("{} could not be answered", path, e);
        return refusal(HttpStatus.INTERNAL_SERVER_ERROR_500, "internal error; see the log");
    }

    private static Map<String, String> query(Request request) {
        Map<String, String> query = new LinkedHashMap<>();
        for (Fields.Field field : Request.extractQueryParameters(request)) {
            query.putIfAbsent(field.getName(), String.valueOf(field.getValue()));
        }
        return query;
    }

    private static RouteResponse refusal(int status, String why) {
        return RouteResponse.text(status, why + "\n");
    }
}
