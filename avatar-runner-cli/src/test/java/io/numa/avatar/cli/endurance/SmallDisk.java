package io.numa.avatar.cli.endurance;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A file system of a few megabytes in memory, which can be filled to the last byte. */
final class SmallDisk implements AutoCloseable {
  private static final int MEGABYTES = 32;

  private final Path mount;

  private SmallDisk(Path mount) {
    this.mount = mount;
  }

  /** Mounts a small disk at {@code mount}; skips the test if that is not allowed. */
  static SmallDisk mount(Path mount) throws Exception {
    Files.createDirectories(mount);
    boolean mounted =
        succeeds("mount", "-t", "tmpfs", "-o", "size=" + MEGABYTES + "m", "tmpfs", mount + "");
    Assumptions.assumeTrue(mounted, "only who may mount a tmpfs can fill a small disk");
    return new SmallDisk(mount);
  }

  private static boolean succeeds(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // there is no such program
    }
  }

  Path path() {
    return mount;
  }

  /** Fills the disk up to the last {@code left} bytes. */
  void fill(long left) throws IOException {
    try (OutputStream filler = Files.newOutputStream(filler())) {
      long wanted = Files.getFileStore(mount).getUsableSpace() - left;
      for (var block = new byte[4096]; wanted > 0; wanted -= block.length) {
        filler.write(block);
      }
    } catch (IOException e) {
      // Another process has filled the rest, so the disk is full in any case.
      if (left > 0) {
        throw e;
      }
    }
  }

  /** Frees the space again. */
  void free() throws IOException {
    Files.delete(filler());
  }

  private Path filler() {
    return mount.resolve("filler");
  }

  @Override
  public void close() throws InterruptedException {
    if (!succeeds("umount", mount.toString())) {
      succeeds("umount", "-l", mount.toString());
    }
  }
}
