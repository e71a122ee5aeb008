package io.numa.avatar.run.guard;

import io.numa.avatar.port.repository.ChangedFile;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.StageFailedException;
import io.numa.avatar.workspace.ProtectedPaths;
import java.util.List;
import java.util.Optional;

/**
 * What no task may change, and how much it may change at most, whether by its plan's steps or by
 * what their commands do.
 *
 * @param maxFiles how many files may differ from the base commit
 * @param maxFileSize of a file that was added or changed, in bytes
 * @param maxChangeSize of all files that were added or changed together, in bytes
 */
public record Guard(
    ProtectedPaths protectedPaths, int maxFiles, long maxFileSize, long maxChangeSize) {

  /** Protects nothing; 10,000 files, 100 MiB each, which is what GitHub takes, 1 GiB together. */
  public static final Guard DEFAULTS = new Guard(ProtectedPaths.NONE, 10_000, 100L << 20, 1L << 30);

  /** Refuses a change that is not to be committed. */
  public void check(List<ChangedFile> changes) throws StageFailedException {
    for (ChangedFile file : changes) {
      Optional<String> glob = protectedPaths.covering(file.path());
      if (glob.isPresent()) {
        throw denied("'" + file.path() + "' is protected by guard.protected_paths: " + glob.get());
      }
      if (file.size() > maxFileSize) {
        throw denied(
            ("'" + file.path() + "' has " + file.size() + " bytes")
                + (", more than guard.max_file_size: " + maxFileSize));
      }
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

  private static StageFailedException denied(String what) {
    return new StageFailedException(FailureKind.DENIED, "the change is not allowed: " + what);
  }
}
