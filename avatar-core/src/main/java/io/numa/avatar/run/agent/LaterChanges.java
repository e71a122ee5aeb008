package io.numa.avatar.run.agent;

import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.repository.ChangedFile;
import io.numa.avatar.port.repository.ChangedPaths;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.run.text.Names;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the files of a staged change that differ in the tree now. */
public final class LaterChanges {
  private static final int MAX_NAMED = 5;

  private LaterChanges() {}

  /**
   * Names the files, the first five of them; empty if the tree has the change as it was staged.
   *
   * @param largestFile how many bytes a changed file may have
   */
  public static Optional<String> of(WorkingCopy copy, StagedChange change, long largestFile)
      throws IOException {
    Set<WorkspacePath> paths =
        change.changes().stream().map(ChangedFile::path).collect(Collectors.toSet());
    Optional<List<String>> differing =
        TreeState.of(copy, new ChangedPaths(false, paths), largestFile)
            .map(TreeState.of(change)::differing)
            .orElse(Optional.empty());
    if (differing.isEmpty()) {
      return Optional.of("files that cannot be told");
    }
    Set<String> ofChange = paths.stream().map(WorkspacePath::value).collect(Collectors.toSet());
    List<String> files = differing.get().stream().filter(ofChange::contains).sorted().toList();
    return files.isEmpty() ? Optional.empty() : Optional.of(Names.first(MAX_NAMED, files));
  }
}
