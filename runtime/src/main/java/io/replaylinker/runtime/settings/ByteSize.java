package io.replaylinker.runtime.settings;

/** A number of bytes, written as {@code 256m}. */
public record ByteSize(long bytes) {

    private static final String UNITS = "kmgt";

    /** In the largest unit, of 1024 each, that divides it without a remainder; bytes have no suffix. */
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
