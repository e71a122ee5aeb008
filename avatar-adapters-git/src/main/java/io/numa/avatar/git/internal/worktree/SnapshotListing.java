package io.numa.avatar.git.internal.worktree;

import io.numa.avatar.git.internal.support.ParallelTasks;
import io.numa.avatar.port.repository.FolderListing;
import io.numa.avatar.workspace.FileNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lists the content of unchanged folders of a working tree by one look at each folder, on several
 * threads if there are many.
 */
public final class SnapshotListing {
  private final Path root;
  private final TreeSnapshot base;

  public SnapshotListing(Path root, TreeSnapshot base) {
    this.root = root;
    this.base = base;
  }

  /** A folder, and the note about it if there is one. */
  private record Place(@Nullable SnapshotFolder noted, Path path) {}

  /**
   * Lists a folder and those beneath it, without the changed ones, which the caller must read.
   *
   * @param wanted the names of the files to list; called by several threads
   * @return empty if the caller must read the folder itself
   */
  public Optional<FolderListing> find(Path folder, Predicate<String> wanted) throws IOException {
    Queue<Path> files = new ConcurrentLinkedQueue<>();
    Queue<Path> unknown = new ConcurrentLinkedQueue<>();
    List<Place> level = List.of(new Place(noted(folder), folder));
    while (!level.isEmpty()) {
      Queue<Place> inner = new ConcurrentLinkedQueue<>();
      ParallelTasks.each(
          level,
          place -> {
            if (isAsWritten(place)) {
              list(place, wanted, files, inner);
            } else {
              unknown.add(place.path());
            }
          });
      level = List.copyOf(inner);
    }
    return unknown.contains(folder)
        ? Optional.empty()
        : Optional.of(new FolderListing(List.copyOf(files), List.copyOf(unknown)));
  }

  private boolean isAsWritten(Place place) throws IOException {
    SnapshotFolder noted = place.noted();
    return noted != null
        && noted.untracked().isEmpty()
        && base.provesUnchanged(noted.stamp(), FileStat.find(place.path()));
  }

  private static void list(
      Place place, Predicate<String> wanted, Queue<Path> files, Queue<Place> folders)
      throws IOException {
    for (SnapshotEntry entry : Objects.requireNonNull(place.noted()).entries()) {
      if (entry.isLeftOut()) {
        continue;
      }
      if (entry.isFolder() || entry.isSubmodule()) {
        folders.add(new Place(entry.folder(), FileNames.resolve(place.path(), entry.name())));
      } else if (wanted.test(entry.text())) {
        files.add(FileNames.resolve(place.path(), entry.name()));
      }
    }
  }

  private @Nullable SnapshotFolder noted(Path folder) {
    if (!folder.startsWith(root)) {
      return null;
    }
    SnapshotFolder at = base.root();
    for (Path name : folder.equals(root) ? List.<Path>of() : root.relativize(folder)) {
      SnapshotEntry entry = at == null ? null : at.find(FileNames.bytes(name));
      at = entry == null ? null : entry.folder();
    }
    return at;
  }
}
