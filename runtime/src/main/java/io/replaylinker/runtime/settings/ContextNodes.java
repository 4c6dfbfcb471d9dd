package io.replaylinker.runtime.settings;

/** Which events and segments are kept for the trees of their traces. */
public enum ContextNodes {
    /** All. */
    ALL,
    /** Those with a link, which the links already hold; of errors the details. */
    LINKED,
    /** None, and no details of errors. */
    OFF
}
