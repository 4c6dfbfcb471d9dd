package io.replaylinker.serdes;

import org.apache.avro.util.ClassSecurityValidator;

/**
 * Avro loads only classes that somebody declared safe (since 1.12.2), because a schema from outside may name any class. The
 * model's generated records are added to what the JVM trusts already; they hold data and do nothing.
 */
public final class ModelClasses {

    private static final String PACKAGE = "io.replaylinker.schemas.";

    static {
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(), type -> type.getName().startsWith(PACKAGE)));
    }

    private ModelClasses() {}

    /** To be called before the first use of a generated record's schema; later calls do nothing. */
    public static void trust() {
        // The class is initialized by now.
    }
}
