package io.replaylinker.local.visits;

import org.jspecify.annotations.Nullable;

/**
 * What an event names of its user.
 *
 * @param id the user's id, decimal digits
 * @param address the address of the device
 */
record Names(@Nullable String id, @Nullable String address) {

    static final Names NONE = new Names(null, null);

    boolean isNone() {
        return id == null && address == null;
    }

    /** Whether both name the same id, or the same address. */
    boolean meets(Names other) {
        return (id != null && id.equals(other.id)) || (address != null && address.equals(other.address));
    }

    /** Whether both name an id, or both an address, and not the same. */
    boolean contradicts(Names other) {
        return (id != null && other.id != null && !id.equals(other.id))
                || (address != null && other.address != null && !address.equals(other.address));
    }

    @Nullable JsonText json() {
        return isNone() ? null : new JsonText().putIf("id", id).putIf("ip_address", address);
    }
}
