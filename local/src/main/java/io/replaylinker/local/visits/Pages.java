package io.replaylinker.local.visits;

/**
 * Weights of the kinds of pages.
 *
 * @param own the browser starts the trace
 * @param rendered rendered for the visit
 * @param cached rendered once for many visitors
 */
public record Pages(double own, double rendered, double cached) {

    /** The kind at a point of the unit interval. */
    PageKind at(double point) {
        double place = point * (own + rendered + cached);
        if (place < own) {
            return PageKind.OWN;
        }
        return place < own + rendered ? PageKind.RENDERED : PageKind.CACHED;
    }
}
