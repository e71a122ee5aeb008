package io.numa.avatar.cli.doctor;

import io.numa.avatar.cli.config.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A folder that the avatar writes to.
 *
 * @param key the key that names it
 * @param path absolute; need not exist yet
 */
public record WorkFolder(String key, Path path) {
  private static final long LITTLE_DISK = 1_000_000_000L;

  public static List<WorkFolder> of(Configuration.Avatar avatar) {
    return List.of(
        new WorkFolder("avatar.workspace", avatar.workspace()),
        new WorkFolder("avatar.state_dir", avatar.stateDir()),
        new WorkFolder("avatar.log_dir", avatar.logDir()));
  }

  /** Checks the folder for {@code doctor}, and changes nothing. */
  CheckResult check() {
    String subject = key + " " + path;
    Optional<String> problem = problem();
    if (problem.isPresent()) {
      return CheckResult.bad(subject, problem.get());
    }
    String state = Files.exists(path) ? "writable" : "can be made";
    try {
      long free = Files.getFileStore(existing()).getUsableSpace();
      String detail = String.format(Locale.ROOT, "%s, %.1f GB free", state, free / 1e9);
      return free < LITTLE_DISK
          ? CheckResult.doubtful(subject, detail + "; that may be too little")
          : CheckResult.good(subject, detail);
    } catch (IOException e) {
      return CheckResult.doubtful(subject, state + "; its disk does not tell its free space");
    }
  }

  /** Why the avatar cannot write there, as far as that can be seen without writing. */
  public Optional<String> problem() {
    Path existing = existing();
    if (!Files.isDirectory(existing)) {
      return Optional.of("'" + existing + "' is not a folder; name another one");
    }
    return Files.isWritable(existing) && Files.isExecutable(existing)
        ? Optional.empty()
        : Optional.of(
            "the avatar's user may not write to '"
                + existing
                + "'; check its owner, its mode and its disk");
  }

  /** The folder itself, or the nearest folder above it that exists. */
  private Path existing() {
    Path found = path;
    while (!Files.exists(found) && found.getParent() != null) {
      found = found.getParent();
    }
    return found;
  }
}
