package io.numa.avatar.process.sandbox.helper;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.numa.avatar.time.Waiter;
import io.numa.avatar.workspace.PrivateFolders;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * Brings the helper from the program's resources to a folder.
 *
 * @param system the name of the operating system, as Java tells it
 * @param processor the name of the processor's architecture, as Java tells it
 */
record HelperInstaller(String system, String processor) {
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rwx------");
  private static final FileAttribute<Set<PosixFilePermission>> FOR_OWNER =
      PosixFilePermissions.asFileAttribute(OWNER);

  private static final String RESOURCE = "/io/numa/avatar/process/sandbox/avatar-sandbox-";

  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final int ATTEMPTS = 50;

  /** The kernel starts no file that a process has open for writing. */
  private static final String BUSY = "error=26,";

  private static final String FORBIDDEN = "error=13,";

  HelperProgram install(Path folder) throws InterruptedException {
    String name = RESOURCE + architecture().orElse("none");
    try (InputStream resource = HelperInstaller.class.getResourceAsStream(name)) {
      return resource == null
          ? missing(
              "it exists for Linux on x86_64 and aarch64, this is " + system + " on " + processor)
          : start(place(resource.readAllBytes(), folder));
    } catch (IOException e) {
      return missing("could not write it to '" + folder + "': " + e);
    }
  }

  private Optional<String> architecture() {
    if (!system.equals("Linux")) {
      return Optional.empty();
    }
    return switch (processor) {
      case "amd64", "x86_64" -> Optional.of("x86_64");
      case "aarch64", "arm64" -> Optional.of("aarch64");
      default -> Optional.empty();
    };
  }

  private static HelperProgram missing(String reason) {
    return new HelperProgram.Missing("the sandbox's helper cannot be used: " + reason);
  }

  /** The name tells the content, so that avatars of several versions can share the folder. */
  private static Path place(byte[] content, Path folder) throws IOException {
    makePrivate(folder);
    Path file = folder.resolve("avatar-sandbox-" + digest(content).substring(0, 16));
    if (!holds(file, content)) {
      write(file, content, folder);
    }
    return file;
  }

  private static void makePrivate(Path folder) throws IOException {
    PrivateFolders.make(folder);
    if (!owner(folder).equals(owner(Path.of("/proc/self")))) {
      throw new IOException("the folder belongs to another user");
    }
    Files.setPosixFilePermissions(folder, OWNER);
  }

  private static Object owner(Path file) throws IOException {
    return Files.getAttribute(file, "unix:uid");
  }

  private static boolean holds(Path file, byte[] content) throws IOException {
    if (!Files.isRegularFile(file, NOFOLLOW_LINKS) || Files.size(file) != content.length) {
      return false;
    }
    boolean permitted = Files.getPosixFilePermissions(file).equals(OWNER);
    return permitted && Arrays.equals(Files.readAllBytes(file), content);
  }

  /** Another avatar may do the same now, or run the file that is replaced. */
  private static void write(Path file, byte[] content, Path folder) throws IOException {
    Path made = Files.createTempFile(folder, "new", ".tmp", FOR_OWNER);
    try {
      Files.write(made, content);
      Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(made);
    }
  }

  private static String digest(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * Starts the helper once. A process that another thread starts at the time of the writing holds
   * the file open for a moment.
   */
  static HelperProgram start(Path file) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return works(file)
            ? new HelperProgram.Ready(file)
            : missing("'" + file + "' does not work");
      } catch (IOException e) {
        String message = String.valueOf(e.getMessage());
        if (attempt == ATTEMPTS || !message.contains(BUSY)) {
          return missing(message + (message.contains(FORBIDDEN) ? remedy(file) : ""));
        }
        new Waiter().pause(PAUSE);
      }
    }
  }

  private static String remedy(Path file) {
    return "; '" + file.getParent() + "' may be mounted with noexec: choose another state folder";
  }

  private static boolean works(Path file) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(file.toString(), "probe")
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD)
            .start();
    try {
      return process.waitFor(5, SECONDS) && process.exitValue() == 0;
    } finally {
      process.destroyForcibly();
    }
  }
}
