package io.replaylinker.topology.join;

import java.util.ArrayList;
import java.util.List;

/** Keys of which something was told, until that is safe on its topic: at the second {@link #settle} from then on. */
final class Unsettled {

    private List<byte[]> now = new ArrayList<>();
    private List<byte[]> before = new ArrayList<>();

    void add(byte[] key) {
        now.add(key);
    }

    int size() {
        return now.size() + before.size();
    }

    /** What was added before the last call. */
    List<byte[]> settle() {
        List<byte[]> safe = before;
        before = now;
        now = new ArrayList<>();
        return safe;
    }
}
