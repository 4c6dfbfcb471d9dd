package io.replaylinker.serdes.avro;

import io.replaylinker.serdes.RegistryUnavailableException;
import io.replaylinker.serdes.RejectionReason;
import io.replaylinker.serdes.registry.IncompatibleSchemaException;
import io.replaylinker.serdes.registry.RegistryAccessException;
import io.replaylinker.serdes.registry.UnknownSchemaException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/**
 * Classifies a deserializer's exception as a failure of the registry (the record must wait) or of the record (it is rejected). It knows
 * this project's exceptions and those of Confluent's deserializer. The latter are recognized by name and cause, because they are not a
 * dependency.
 */
final class DecodeFailure {

    private static final int MAX_CAUSES = 16;

    /** Part of the package name of every registry client derived from Confluent's, relocated ones included. */
    private static final String CLIENT_PACKAGE = ".schemaregistry.client.";

    private static final List<String> NETWORK_PACKAGES = List.of("java.net.", "javax.net.", "java.nio.channels.");

    private DecodeFailure() {}

    /**
     * Returns the reason to reject the record.
     *
     * @throws RegistryUnavailableException if the record did not cause the failure
     */
    static RejectionReason reason(Throwable failure) {
        for (Throwable cause : causes(failure)) {
            if (cause instanceof RegistryUnavailableException unavailable) {
                throw unavailable;
            }
            if (cause instanceof RegistryAccessException denied) {
                throw new RegistryUnavailableException(String.valueOf(denied.getMessage()), denied);
            }
            RejectionReason reason = reasonOf(cause);
            if (reason != null) {
                return reason;
            }
            if (isOfRegistry(cause)) {
                throw new RegistryUnavailableException(
                        "The deserializer cannot reach the schema registry: " + cause, failure);
            }
        }
        return RejectionReason.INCOMPATIBLE_SCHEMA;
    }

    private static @Nullable RejectionReason reasonOf(Throwable cause) {
        if (cause instanceof NotAvroException) {
            return RejectionReason.NOT_AVRO;
        }
        if (cause instanceof UnknownSchemaException) {
            return RejectionReason.UNKNOWN_SCHEMA;
        }
        if (cause instanceof IncompatibleSchemaException) {
            return RejectionReason.INCOMPATIBLE_SCHEMA;
        }
        RestFailure rest = RestFailure.of(cause);
        return rest != null && rest.isUnknownSchema() ? RejectionReason.UNKNOWN_SCHEMA : null;
    }

    private static boolean isOfRegistry(Throwable cause) {
        if (RestFailure.of(cause) != null) {
            return true;
        }
        if (cause instanceof ApiException) {
            return cause instanceof RetriableException
                    || cause instanceof AuthenticationException
                    || cause instanceof AuthorizationException;
        }
        return cause instanceof InterruptException || (cause instanceof IOException && isOfNetwork(cause));
    }

    /** An IOException may also come from Avro, when the bytes end too early. Only its class or its origin shows the difference. */
    private static boolean isOfNetwork(Throwable failure) {
        String name = failure.getClass().getName();
        if (NETWORK_PACKAGES.stream().anyMatch(name::startsWith)) {
            return true;
        }
        for (StackTraceElement frame : failure.getStackTrace()) {
            if (frame.getClassName().contains(CLIENT_PACKAGE)) {
                return true;
            }
        }
        return false;
    }

    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && causes.size() < MAX_CAUSES; cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }

    /** Confluent's RestClientException: the HTTP status and the registry's error code, -1 if there is none. */
    private record RestFailure(int status, int errorCode) {

        static @Nullable RestFailure of(Throwable failure) {
            for (Class<?> type = failure.getClass(); type != Throwable.class; type = type.getSuperclass()) {
                if (type.getSimpleName().equals("RestClientException")) {
                    return new RestFailure(number(type, failure, "getStatus"), number(type, failure, "getErrorCode"));
                }
            }
            return null;
        }

        private static int number(Class<?> type, Throwable failure, String getter) {
            try {
                return type.getMethod(getter).invoke(failure) instanceof Integer number ? number : -1;
            } catch (ReflectiveOperationException e) {
                return -1;
            }
        }

        /** The same rule as in this project's client: a proxy's 404 has no error code of the registry. */
        boolean isUnknownSchema() {
            return (status == 404 && errorCode / 100 == 404)
                    || ((status == 400 || status == 422) && errorCode / 100 == status);
        }
    }
}
