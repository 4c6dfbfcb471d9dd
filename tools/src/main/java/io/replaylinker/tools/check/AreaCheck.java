package io.replaylinker.tools.check;

/** Checks one area. The areas do not depend on each other and are checked in parallel. */
interface AreaCheck {

    Area area();

    /**
     * Reports all findings, good and bad. A check that needs what another did not find is reported as skipped.
     *
     * @throws Exception any unexpected failure; it becomes a problem of the area
     */
    void look(Findings findings) throws Exception;
}
