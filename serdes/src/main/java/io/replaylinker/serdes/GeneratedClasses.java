package io.replaylinker.serdes;

import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Which generated classes Avro may make objects of. From 1.12.2 on it makes none that the program did not vouch for, because names of
 * classes come out of schemas, and those come from strangers.
 */
public final class GeneratedClasses {

    private GeneratedClasses() {}

    /**
     * Lets this process's Avro make objects of a generated class and of the others in its package, which its fields are made of. Adds to
     * what is trusted already, as by the system property {@code org.apache.avro.SERIALIZABLE_PACKAGES}. To be called before a generated
     * class is read in any other way than by these serdes.
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

    /** A generated class by a name that may come from outside: none is initialised unless it is one. */
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
