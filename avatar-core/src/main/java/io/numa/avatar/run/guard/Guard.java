package io.numa.avatar.run.guard;

import io.numa.avatar.port.repository.ChangedFile;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.StageFailedException;
import io.numa.avatar.workspace.ProtectedPaths;
import java.util.List;
import java.util.Optional;

/**
 * The paths that no task may change, and how much a task may change. The limits cover the steps of
 * the plan and the commands that they run.
 *
 * @param maxFiles how many files may differ from the base commit
 * @param maxFileSize the most bytes of one added or changed file
 * @param maxChangeSize the most bytes of all added or changed files together
 */
public record Guard(
    ProtectedPaths protectedPaths, int maxFiles, long maxFileSize, long maxChangeSize) {

  private static final int MAX_NAMED = 20;

  /** No protected paths; 10,000 files, 100 MiB each (GitHub's limit), 1 GiB together. */
  public static final Guard DEFAULTS = new Guard(ProtectedPaths.NONE, 10_000, 100L << 20, 1L << 30);

  /**
   * Refuses a change that exceeds the limits or touches a protected path.
   *
   * @throws StageFailedException of kind {@code DENIED}; its message names the first files that are
   *     not allowed, with the rules
   */
  public void check(List<ChangedFile> changes) throws StageFailedException {
    List<String> problems =
        changes.stream().map(this::problem).flatMap(Optional::stream).limit(MAX_NAMED + 1).toList();
    if (!problems.isEmpty()) {
      throw denied(
          String.join("; ", problems.subList(0, Math.min(MAX_NAMED, problems.size())))
              + (problems.size() > MAX_NAMED ? "; and more" : ""));
    }
    if (changes.size() > maxFiles) {
      throw denied(changes.size() + " files, more than guard.max_files: " + maxFiles);
    }
    long size = changes.stream().mapToLong(ChangedFile::size).sum();
    if (size > maxChangeSize) {
      throw denied(
          "the changed files have "
              + size
              + " bytes, more than guard.max_change_size: "
              + maxChangeSize);
    }
  }

  private Optional<String> problem(ChangedFile file) {
    Optional<String> glob = protectedPaths.covering(file.path());
    if (glob.isPresent()) {
      return Optional.of(
          "'" + file.path() + "' is protected by guard.protected_paths: " + glob.get());
    }
    return file.size() > maxFileSize
        ? Optional.of(
            ("'" + file.path() + "' has " + file.size() + " bytes")
                + (", more than guard.max_file_size: " + maxFileSize))
        : Optional.empty();
  }

  private static StageFailedException denied(String what) {
    return new StageFailedException(FailureKind.DENIED, "the change is not allowed: " + what);
  }
}
