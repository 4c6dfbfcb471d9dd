package io.replaylinker.serdes;

import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The generated classes that Avro may instantiate. From 1.12.2 on, Avro instantiates only trusted classes, because class names come from
 * schemas, and schemas may come from outside.
 */
public final class GeneratedClasses {

    private GeneratedClasses() {}

    /**
     * Trusts a generated class and the other classes of its package, which its fields consist of. This adds to what is trusted already, for
     * example by the system property {@code org.apache.avro.SERIALIZABLE_PACKAGES}. Call it before reading a generated class by other means
     * than these serdes.
     */
    public static void trust(Class<? extends SpecificRecord> type) {
        synchronized (GeneratedClasses.class) {
            ClassSecurityPredicate trusted = ClassSecurityValidator.getGlobal();
            if (!trusted.isTrusted(type)) {
                String name = type.getPackageName();
                ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                        trusted, other -> other.getPackageName().equals(name)));
            }
        }
    }

    /** Finds a generated class by a name that may come from outside. No other class is initialized. */
    public static @Nullable Class<? extends SpecificRecord> find(String name) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        try {
            Class<?> type =
                    Class.forName(name, false, context == null ? GeneratedClasses.class.getClassLoader() : context);
            return SpecificRecord.class.isAssignableFrom(type) ? type.asSubclass(SpecificRecord.class) : null;
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }
}
