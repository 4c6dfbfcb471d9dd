package io.replaylinker.worker.check;

import io.replaylinker.worker.trouble.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The folder that the join keeps its state in. */
final class StateFolder {

    private static final String SUBJECT = "state.dir";
    private static final long LITTLE_SPACE = 1L << 30;

    private final Path folder;
    private final Path ofApplication;

    StateFolder(Path folder, String applicationId) {
        this.folder = folder.toAbsolutePath();
        this.ofApplication = this.folder.resolve(applicationId);
    }

    void look(Findings findings) {
        Path there = folder;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there)) {
            findings.problem(SUBJECT, there + " is no folder", "set state.dir to a folder");
            return;
        }
        if (!isWritable(there)) {
            findings.problem(
                    SUBJECT,
                    "the user " + System.getProperty("user.name") + " cannot write to " + there,
                    "make " + folder + " and give it to that user, or set state.dir to another folder");
            return;
        }
        if (isInUse()) {
            findings.warning(
                    SUBJECT,
                    "another process has " + ofApplication + " open",
                    "fine if it is a running worker that you look at; two cannot share a folder");
        }
        space(there, findings);
    }

    private void space(Path there, Findings findings) {
        try {
            FileStore disk = Files.getFileStore(there);
            long free = disk.getUsableSpace();
            String found = folder + (Files.exists(folder) ? "" : " will be made") + ", " + Units.bytes(free) + " free";
            if (disk.type().equals("tmpfs")) {
                findings.warning(
                        SUBJECT,
                        found + ", in memory: a restart of the machine restores all state from Kafka",
                        "set state.dir to a disk, unless that is meant");
            } else if (free < LITTLE_SPACE) {
                findings.warning(SUBJECT, found, "make room; a waiting event takes some 200 bytes");
            } else {
                findings.ok(SUBJECT, found);
            }
        } catch (IOException e) {
            findings.skipped(SUBJECT + "'s space", "the system does not tell it: " + Reason.of(e));
        }
    }

    /** Tried and not asked: rights, quotas and read-only mounts are known only to who writes. */
    private static boolean isWritable(Path there) {
        try {
            Files.delete(Files.createTempFile(there, ".replay-linker-check", ""));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Kafka Streams holds a lock on this file while it runs. */
    private boolean isInUse() {
        Path lock = ofApplication.resolve(".lock");
        if (!Files.isRegularFile(lock)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock taken = channel.tryLock()) {
            return taken == null;
        } catch (IOException e) {
            return true;
        }
    }
}
