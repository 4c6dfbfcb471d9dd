package io.replaylinker.tools.check;

/** Looks at one area. The areas do not depend on each other and are looked at side by side. */
interface AreaCheck {

    Area area();

    /**
     * Tells all that it finds, good and bad. What one look needs and another did not find is told as skipped.
     *
     * @throws Exception what nobody thought of; it becomes a problem of the area
     */
    void look(Findings findings) throws Exception;
}
