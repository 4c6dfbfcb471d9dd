package io.replaylinker.local.visits;

/**
 * One organization and its projects.
 *
 * @param id Sentry's id
 * @param base what is added to the number of each project
 */
record Organization(long id, long base) {

    static final Organization SHOP = new Organization(1, 0);
    static final Organization NEIGHBOUR = new Organization(2, 100);

    long frontend(Sdk sdk) {
        return base + (sdk == Sdk.SDK10 ? 11 : 12);
    }

    long project(Backend backend) {
        return base + backend.number;
    }

    Organization other() {
        return equals(SHOP) ? NEIGHBOUR : SHOP;
    }
}
