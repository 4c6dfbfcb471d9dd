package io.replaylinker.worker.check;

import com.sun.management.OperatingSystemMXBean;
import io.replaylinker.worker.settings.HttpSettings;
import io.replaylinker.worker.settings.Role;
import io.replaylinker.worker.settings.Settings;
import io.replaylinker.worker.settings.WorkerSettings;
import io.replaylinker.worker.trouble.Reason;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.rocksdb.RocksDB;

/** What the worker needs of the machine that it starts on: a folder, memory, a port. */
final class MachineCheck implements AreaCheck {

    /** What the JVM takes beside heap and state, as docs/operations.md reckons. */
    private static final long BESIDE_BYTES = 250L << 20;

    private final Settings settings;

    MachineCheck(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Area area() {
        return Area.MACHINE;
    }

    @Override
    public void look(Findings findings) {
        findings.ok(
                "Java", Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        boolean joins = settings.get(WorkerSettings.ROLES).contains(Role.JOIN);
        if (joins) {
            new StateFolder(
                            Path.of(settings.get(WorkerSettings.STATE_DIR)),
                            settings.get(WorkerSettings.APPLICATION_ID))
                    .look(findings);
            nativeLibrary(findings);
        }
        memory(joins ? settings.get(WorkerSettings.STATE_MEMORY).bytes() : 0, findings);
        if (HttpSettings.isOn(settings)) {
            port(findings);
        }
    }

    private static void nativeLibrary(Findings findings) {
        try {
            RocksDB.loadLibrary();
            findings.ok("RocksDB", "its native library works here");
        } catch (RuntimeException | LinkageError e) {
            findings.problem(
                    "RocksDB",
                    "its native library does not work here: " + Reason.of(e),
                    "use Linux with glibc 2.17 or musl, or macOS; and let java.io.tmpdir be a folder that allows execution");
        }
    }

    /** This JVM has the same heap as that of run, when both were started in the same way. */
    private static void memory(long stateBytes, Findings findings) {
        long heap = Runtime.getRuntime().maxMemory();
        long needed = heap + stateBytes + BESIDE_BYTES;
        long there =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        String sum = "heap " + Units.bytes(heap) + ", state " + Units.bytes(stateBytes) + " and the JVM itself "
                + Units.bytes(BESIDE_BYTES) + ", of " + Units.bytes(there);
        if (needed > there) {
            findings.warning(
                    "memory", sum + " that there are: too much", "lower -Xmx or state.memory, or give it more memory");
        } else {
            findings.ok("memory", sum);
        }
    }

    private void port(Findings findings) {
        String bind = settings.get(HttpSettings.BIND);
        int port = settings.get(HttpSettings.PORT);
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(bind), port));
            findings.ok("http.port", port + " of " + bind + " is free");
        } catch (UnknownHostException e) {
            findings.problem(
                    "http.bind",
                    bind + " is no address",
                    "set http.bind to one of this machine, as 127.0.0.1 or 0.0.0.0");
        } catch (IOException e) {
            findings.problem(
                    "http.port",
                    port + " of " + bind + " cannot be listened on: " + Reason.of(e),
                    "set http.port to a free one, or to -1 for none; a worker that runs here already has it");
        }
    }
}
