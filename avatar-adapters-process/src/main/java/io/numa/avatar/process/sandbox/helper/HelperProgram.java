package io.numa.avatar.process.sandbox.helper;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The native helper of sandboxes, {@code avatar-sandbox}, on this machine. The README beside its
 * source tells what it does and which options it has.
 */
public sealed interface HelperProgram {
  /**
   * The helper is there and starts.
   *
   * @param file its absolute path
   */
  record Ready(Path file) implements HelperProgram {
    @Override
    public Optional<Path> path() {
      return Optional.of(file);
    }

    @Override
    public Optional<String> lack() {
      return Optional.empty();
    }
  }

  /**
   * The helper cannot be used here.
   *
   * @param reason fit to show to the operator
   */
  record Missing(String reason) implements HelperProgram {
    @Override
    public Optional<Path> path() {
      return Optional.empty();
    }

    @Override
    public Optional<String> lack() {
      return Optional.of(reason);
    }
  }

  /** Its absolute path, if it can be used. */
  Optional<Path> path();

  /** Why it cannot be used, if so. */
  Optional<String> lack();

  /**
   * Brings the helper for this machine's processor into a folder, and starts it once to see that it
   * works. Several avatars, also of other versions, can share the folder. Blocks for some
   * milliseconds.
   *
   * @param folder is made if it is missing; only this user may enter it afterwards
   */
  static HelperProgram install(Path folder) throws InterruptedException {
    return new HelperInstaller(System.getProperty("os.name", ""), System.getProperty("os.arch", ""))
        .install(folder.toAbsolutePath());
  }
}
