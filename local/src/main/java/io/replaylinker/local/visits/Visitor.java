package io.replaylinker.local.visits;

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

    /**
     * Whether an event's user is this visitor and no other visitor on the trace. An address alone is no proof if a page of this visitor on
     * the trace does not name the replay: another visitor behind the same address would look the same.
     */
    boolean isSingledOutBy(Names names, Trace trace) {
        if (!names.meets(inBrowser) || names.contradicts(inBrowser)) {
            return false;
        }
        boolean byId = names.id() != null && names.id().equals(inBrowser.id());
        boolean rootsNameReplay = trace.views.stream()
                .filter(view -> view.visitor == this && trace.sampled)
                .allMatch(PageView::rootNamesReplay);
        return (byId || rootsNameReplay)
                && trace.views.stream()
                        .map(view -> view.visitor)
                        .filter(other -> other != this)
                        .noneMatch(other -> names.meets(other.inBrowser) || names.meets(other.onServers));
    }
}
