package io.numa.avatar.process.sandbox;

import io.numa.avatar.process.sandbox.helper.HelperProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The programs that sandboxes are made with.
 *
 * @param folders where the system's are
 * @param helper ours
 */
record Tools(List<Path> folders, HelperProgram helper) {
  private static final List<Path> SYSTEM =
      Stream.of("/usr/bin", "/bin", "/usr/sbin", "/sbin").map(Path::of).toList();

  Tools {
    folders = List.copyOf(folders);
  }

  /**
   * All that this machine has. An interrupt stays pending.
   *
   * @param folder where to write our helper
   */
  static Tools all(Path folder) {
    try {
      return new Tools(SYSTEM, HelperProgram.install(folder));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Tools(SYSTEM, new HelperProgram.Missing("interrupted"));
    }
  }

  /** Whether this avatar runs as root, whom the kernel exempts from some limits. */
  static boolean usedByRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  Optional<String> find(String name) {
    return folders.stream()
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }
}
