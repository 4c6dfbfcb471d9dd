package io.replaylinker.testkit.visits;

import java.util.ArrayList;
import java.util.List;

/** One visitor in one tab: some page views, one recorder. */
final class Visitor {

    final Sdk sdk;
    final boolean phone;
    /** What the device's clock shows beyond the true time. */
    final long clockMs;
    /** How long the device keeps its own messages. */
    final long uploadMs;

    final Names inBrowser;
    final Names onServers;
    final Recording recording;
    final Organization organization;
    final List<PageView> views = new ArrayList<>();

    Visitor(Device device, Names inBrowser, Names onServers, Recording recording, Organization organization) {
        this.sdk = device.sdk;
        this.phone = device.phone;
        this.clockMs = device.clockMs;
        this.uploadMs = device.uploadMs;
        this.inBrowser = inBrowser;
        this.onServers = onServers;
        this.recording = recording;
        this.organization = organization;
    }

    record Device(Sdk sdk, boolean phone, long clockMs, long uploadMs) {}

    long frontend() {
        return organization.frontend(sdk);
    }

    String platform() {
        return phone ? "java" : "javascript";
    }

    /** Whether the event's user is this visitor and nobody in the other's place. */
    boolean isSingledOutBy(Names names, Trace trace) {
        return names.meets(inBrowser)
                && !names.contradicts(inBrowser)
                && trace.views.stream()
                        .map(view -> view.visitor)
                        .filter(other -> other != this)
                        .noneMatch(other -> names.meets(other.inBrowser) || names.meets(other.onServers));
    }
}
