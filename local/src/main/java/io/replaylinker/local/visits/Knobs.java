package io.replaylinker.local.visits;

/**
 * How often each case of the simulation happens; shares between 0 and 1.
 *
 * @param recording of the recorder
 * @param backend of the servers
 * @param people of visitors and their devices
 * @param network of delays
 */
public record Knobs(Recorder recording, Servers backend, People people, Network network) {

    /**
     * Of the recorder.
     *
     * @param buffered share of visits that only buffer, among those not recorded from their start
     * @param flushed share of browser errors that flush a buffer
     * @param lost share of recordings whose upload never succeeds (blocked, over quota)
     * @param untaggedErrors share of browser errors that carry no {@code replayId} although the recorder names them
     */
    public record Recorder(double buffered, double flushed, double lost, double untaggedErrors) {}

    /**
     * Of the servers.
     *
     * @param sampled share of traces that are sampled
     * @param errors share of calls that fail with an error event
     * @param downstream share of calls that call another service
     * @param queued share of calls that leave work to a queue
     * @param freshTrace share of calls answered by an SDK that starts a fresh trace
     * @param doubledHeader share of calls through a proxy that doubles {@code sentry-trace}
     * @param untraced share of calls answered by a process without tracing
     * @param bare share of errors without the request's headers
     * @param jobs background errors an hour, in the processes without tracing and in jobs with a trace of their own
     * @param foreign share of calls answered by a server of another organization
     * @param classicSpans whether spans of transactions are on the topic of spans, too
     * @param prewarmed share of cached copies that a job had rendered before the first visitor came
     */
    public record Servers(
            double sampled,
            double errors,
            double downstream,
            double queued,
            double freshTrace,
            double doubledHeader,
            double untraced,
            double bare,
            double jobs,
            double foreign,
            boolean classicSpans,
            double prewarmed) {}

    /**
     * Of visitors and their devices.
     *
     * @param known share of visitors with an id, given by browser and servers
     * @param addressed share of visitors of whom only the address is sent
     * @param office share of visitors who share their address with others
     * @param otherAddress share of visitors whose address servers see otherwise than the browser's ingestion does
     * @param phones share of visits from an app on a phone whose clock is wrong
     * @param browserErrors browser errors a page
     * @param longPages share of pages that stay open for twenty minutes
     * @param goesOn share of pages after which the visit goes on
     * @param secondOrganization share of visits to the pages of another organization
     */
    public record People(
            double known,
            double addressed,
            double office,
            double otherAddress,
            double phones,
            double browserErrors,
            double longPages,
            double goesOn,
            double secondOrganization) {}

    /**
     * Of delays.
     *
     * @param retried share of replay segments that arrive 5 to 45 s late
     * @param slow share of other messages that arrive up to 8 s late
     * @param lateUploads share of phones that upload hours later
     */
    public record Network(double retried, double slow, double lateUploads) {}

    /** An ordinary shop. */
    public static Knobs usual() {
        return new Knobs(
                new Recorder(0.3, 0.7, 0.02, 0.1),
                new Servers(0.85, 0.3, 0.35, 0.03, 0.04, 0.02, 0.06, 0.1, 20, 0.0, false, 0.3),
                new People(0.35, 0.35, 0.05, 0.02, 0.04, 0.2, 0.04, 0.45, 0.0),
                new Network(0.03, 0.03, 0.3));
    }

    /** As usual, with a second organization and with the spans of transactions on both topics. */
    public static Knobs shared() {
        Knobs usual = usual();
        return new Knobs(
                usual.recording,
                new Servers(0.85, 0.3, 0.35, 0.03, 0.04, 0.02, 0.06, 0.1, 20, 0.03, true, 0.3),
                new People(0.35, 0.35, 0.05, 0.02, 0.04, 0.2, 0.04, 0.45, 0.2),
                usual.network);
    }
}
