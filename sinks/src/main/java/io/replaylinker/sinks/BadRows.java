package io.replaylinker.sinks;

import io.replaylinker.clickhouse.SinkException;

/** What becomes of a row that fails all alone. Never is it dropped without a word. */
public sealed interface BadRows permits StopAtBadRow, SetAsideRows {

    /** The sink stops at it. */
    static BadRows stop() {
        return new StopAtBadRow();
    }

    /**
     * It becomes a dead letter, and the sink goes on.
     *
     * @param headBytes first bytes of its record that the letter carries, 0 to 4096; they may hold personal data
     */
    static BadRows setAside(DeadLetterOutput output, int headBytes) {
        return new SetAsideRows(output, headBytes);
    }

    /**
     * Returns when the row of that record is kept elsewhere.
     *
     * @throws SinkException when it is not
     */
    void accept(Batch row, SinkException failure);

    /** Whether it asks for the record itself. */
    boolean wantsRecords();
}
