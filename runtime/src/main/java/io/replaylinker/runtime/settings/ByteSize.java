package io.replaylinker.runtime.settings;

/** A number of bytes, as one writes it: {@code 256m}. */
public record ByteSize(long bytes) {

    private static final String UNITS = "kmgt";

    /** The largest unit, of 1024 each, that says it without a rest; bare bytes have none. */
    @Override
    public String toString() {
        long number = bytes;
        int unit = -1;
        while (number != 0 && number % 1024 == 0 && unit < UNITS.length() - 1) {
            number /= 1024;
            unit++;
        }
        return unit < 0 ? Long.toString(number) : Long.toString(number) + UNITS.charAt(unit);
    }
}
