package io.replaylinker.tools.check;

import com.sun.management.OperatingSystemMXBean;
import io.replaylinker.runtime.diagnosis.Reason;
import io.replaylinker.worker.start.StateHeap;
import io.replaylinker.worker.start.Units;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Pattern;

/** Checks what the worker needs of its machine: memory and a port. */
final class MachineCheck implements AreaCheck {

    /** Memory of the JVM in addition to the heap, as estimated in docs/operations.md. */
    private static final long JVM_OVERHEAD_BYTES = 250L << 20;

    private static final Duration PROBE_WITHIN = Duration.ofSeconds(2);

    /** How the answer of a worker's {@code /livez} begins. */
    private static final Pattern WORKER = Pattern.compile("\\A(ok|failing)\n +(ok|failing) +worker: ");

    private final long stateBytes;
    private final String bind;
    private final int port;

    /**
     * A check of this machine.
     *
     * @param stateBytes memory for the state of the join; 0 without a join
     * @param bind interface of the HTTP server
     * @param port of it; negative for no server
     */
    MachineCheck(long stateBytes, String bind, int port) {
        this.stateBytes = stateBytes;
        this.bind = bind;
        this.port = port;
    }

    @Override
    public Area area() {
        return Area.MACHINE;
    }

    @Override
    public void look(Findings findings) {
        findings.ok(
                "Java", Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        memory(findings);
        if (port >= 0) {
            port(findings);
        }
    }

    /** This JVM has the same heap as that of run, when both were started in the same way. */
    private void memory(Findings findings) {
        long heap = Runtime.getRuntime().maxMemory();
        long there =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        String sum = "heap " + Units.bytes(heap) + ", state " + Units.bytes(stateBytes) + ", other memory of the JVM "
                + Units.bytes(JVM_OVERHEAD_BYTES) + ", of " + Units.bytes(there);
        if (heap + JVM_OVERHEAD_BYTES > there) {
            findings.warning("memory", sum + " available: too much", "lower -Xmx, or add memory");
        } else if (stateBytes > 0 && StateHeap.needed(stateBytes) > heap) {
            findings.problem(
                    "memory",
                    sum + ": too little heap for the state",
                    "set -Xmx to %s or more, or lower state.memory"
                            .formatted(Units.bytes(StateHeap.needed(stateBytes))));
        } else {
            findings.ok("memory", sum);
        }
    }

    private void port(Findings findings) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(bind), port));
            findings.ok("http.port", port + " of " + bind + " is free");
        } catch (UnknownHostException e) {
            findings.problem(
                    "http.bind",
                    bind + " is not an address",
                    "set http.bind to an address of this machine, such as 127.0.0.1 or 0.0.0.0");
        } catch (IOException e) {
            if (isWorker()) {
                findings.ok("http.port", port + " of " + bind + " is used by a running worker");
                return;
            }
            findings.problem(
                    "http.port",
                    port + " of " + bind + " cannot be listened on: " + Reason.of(e),
                    "set http.port to a free port, or to -1 for no server");
        }
    }

    /** Whether a worker's liveness probe answers there; it is open to all, whatever the token. */
    private boolean isWorker() {
        try {
            InetAddress address = InetAddress.getByName(bind);
            InetAddress asked = address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
            URI probe = new URI("http", null, asked.getHostAddress(), port, "/livez", null, null);
            HttpClient client =
                    HttpClient.newBuilder().connectTimeout(PROBE_WITHIN).build();
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(probe).timeout(PROBE_WITHIN).build(), HttpResponse.BodyHandlers.ofString());
            return WORKER.matcher(answer.body()).find();
        } catch (IOException | URISyntaxException | IllegalArgumentException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
