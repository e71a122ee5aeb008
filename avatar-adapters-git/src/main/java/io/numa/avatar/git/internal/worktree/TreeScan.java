package io.numa.avatar.git.internal.worktree;

import io.numa.avatar.git.internal.support.ParallelTasks;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.workspace.FileNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds where a working tree may differ from what was written into it, by the stamps of files and
 * folders: each costs one call to the system, and none is opened. A file found unchanged was
 * unchanged at that moment, even if a command puts links on its path meanwhile: a stamp belongs to
 * one file only.
 */
final class TreeScan {
  private final TreeSnapshot base;

  // By identity: neither class has an idea of equality.
  private final Set<SnapshotFolder> touched = ConcurrentHashMap.newKeySet();
  private final Set<SnapshotEntry> unsure = ConcurrentHashMap.newKeySet();
  private final Set<SnapshotFolder> onTheWay = Collections.newSetFromMap(new IdentityHashMap<>());

  private TreeScan(TreeSnapshot base) {
    this.base = base;
  }

  /** Looks at a tree, with several threads where it is large. */
  static TreeScan of(Path root, TreeSnapshot base) throws IOException {
    var scan = new TreeScan(base);
    List<Spot> spots = new ArrayList<>();
    addSpots(new Spot(base.root(), root, null), spots);
    ParallelTasks.each(spots, scan::look);
    scan.markTheWay(base.root());
    return scan;
  }

  /** Takes a tree for what was written into it, but for some paths and what is beneath. */
  static TreeScan at(Set<WorkspacePath> paths, TreeSnapshot base) {
    var scan = new TreeScan(base);
    for (WorkspacePath path : paths) {
      scan.touch(path.value());
    }
    return scan;
  }

  /**
   * A folder to look at.
   *
   * @param outer the folder that it is in
   */
  private record Spot(SnapshotFolder folder, Path path, @Nullable Spot outer) {}

  private static void addSpots(Spot spot, List<Spot> spots) {
    spots.add(spot);
    for (SnapshotEntry entry : spot.folder().entries()) {
      SnapshotFolder inner = entry.folder();
      if (inner != null) {
        addSpots(new Spot(inner, FileNames.resolve(spot.path(), entry.name()), spot), spots);
      }
    }
  }

  private void look(Spot spot) throws IOException {
    SnapshotFolder folder = spot.folder();
    FileStat now = FileStat.find(spot.path());
    if (!isSameFolder(folder, now)) {
      noteOther(spot);
    }
    boolean same = folder.untracked().isEmpty() && base.provesUnchanged(folder.stamp(), now);
    for (SnapshotEntry entry : folder.entries()) {
      if (!entry.isFolder() && !entry.isLeftOut() && !isAsWritten(entry, spot.path())) {
        unsure.add(entry);
        same = false;
      }
    }
    if (!same) {
      touched.add(folder);
    }
  }

  private boolean isAsWritten(SnapshotEntry entry, Path folder) throws IOException {
    return base.provesUnchanged(
        entry.stamp(), FileStat.find(FileNames.resolve(folder, entry.name())));
  }

  /** Whether it is a folder, and one that was neither closed to us nor opened to others. */
  private static boolean isSameFolder(SnapshotFolder folder, @Nullable FileStat now) {
    FileStat noted = folder.stamp();
    return noted != null && now != null && now.mode() == noted.mode();
  }

  /** If it is no folder, it does not matter what is found beneath: that is where a link leads. */
  private void noteOther(Spot spot) {
    if (spot.outer() != null) {
      touched.add(spot.outer().folder());
      for (SnapshotEntry entry : spot.outer().folder().entries()) {
        if (entry.folder() == spot.folder()) {
          unsure.add(entry);
        }
      }
    }
  }

  /** Whether the root is the same folder, even if its contents have changed. */
  static boolean isSameRoot(Path root, TreeSnapshot base) throws IOException {
    return isSameFolder(base.root(), FileStat.find(root));
  }

  private boolean markTheWay(SnapshotFolder folder) {
    boolean beneath = false;
    for (SnapshotEntry entry : folder.entries()) {
      SnapshotFolder inner = entry.folder();
      beneath |= inner != null && markTheWay(inner);
    }
    if (beneath) {
      onTheWay.add(folder);
    }
    return beneath || touched.contains(folder);
  }

  /** Whether a folder has to be looked into: its names or one of its files may have changed. */
  boolean isTouched(SnapshotFolder folder) {
    return touched.contains(folder);
  }

  /** Whether a folder is one, or there is one beneath it. */
  boolean leadsToTouched(SnapshotFolder folder) {
    return isTouched(folder) || onTheWay.contains(folder);
  }

  /** Whether a file, link or folder may be another than was written. */
  boolean isUnsure(SnapshotEntry entry) {
    return unsure.contains(entry);
  }

  /** Has what is on the way to a path looked into as well, and what is at it and beneath. */
  void touch(String path) {
    SnapshotFolder folder = base.root();
    for (String name : path.split("/", -1)) {
      if (folder == null) {
        return;
      }
      touched.add(folder);
      SnapshotEntry next = folder.find(WorkspacePath.encode(name));
      if (next != null) {
        unsure.add(next);
      }
      folder = next == null ? null : next.folder();
    }
    if (folder != null) {
      touchAll(folder);
    }
  }

  private void touchAll(SnapshotFolder folder) {
    touched.add(folder);
    for (SnapshotEntry entry : folder.entries()) {
      unsure.add(entry);
      SnapshotFolder inner = entry.folder();
      if (inner != null) {
        touchAll(inner);
      }
    }
  }
}
