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
 * Finds the places at which a working tree may differ from the written files, by the states of
 * files and folders. Each state costs one system call, and no file is opened. A file found
 * unchanged was unchanged at that moment, even if a command puts links on its path meanwhile: each
 * state belongs to one file only.
 */
final class TreeScan {
  private final TreeSnapshot base;

  // By identity: neither class defines equality.
  private final Set<SnapshotFolder> touched = ConcurrentHashMap.newKeySet();
  private final Set<SnapshotEntry> unsure = ConcurrentHashMap.newKeySet();
  private final Set<SnapshotFolder> onTheWay = Collections.newSetFromMap(new IdentityHashMap<>());

  private TreeScan(TreeSnapshot base) {
    this.base = base;
  }

  /** Scans a tree, on several threads if it is large. */
  static TreeScan of(Path root, TreeSnapshot base) throws IOException {
    var scan = new TreeScan(base);
    List<Spot> spots = new ArrayList<>();
    addSpots(new Spot(base.root(), root, null), spots);
    ParallelTasks.each(spots, scan::look);
    scan.markTheWay(base.root());
    return scan;
  }

  /** Assumes that a tree is unchanged, except some paths and everything beneath them. */
  static TreeScan at(Set<WorkspacePath> paths, TreeSnapshot base) {
    var scan = new TreeScan(base);
    for (WorkspacePath path : paths) {
      scan.touch(path.value());
    }
    return scan;
  }

  /**
   * A folder to scan.
   *
   * @param outer its parent folder
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

  /**
   * Whether the entry is still this folder, and its permissions have neither shut out this process
   * nor let in others.
   */
  private static boolean isSameFolder(SnapshotFolder folder, @Nullable FileStat now) {
    FileStat noted = folder.stamp();
    return noted != null && now != null && now.mode() == noted.mode();
  }

  /**
   * Marks a changed place. If it is not a folder any more, the entries found beneath do not matter:
   * they are at the target of a link.
   */
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

  /** Whether the folder must be read: its names or one of its files may have changed. */
  boolean isTouched(SnapshotFolder folder) {
    return touched.contains(folder);
  }

  /** Whether a folder must be read, or one beneath it. */
  boolean leadsToTouched(SnapshotFolder folder) {
    return isTouched(folder) || onTheWay.contains(folder);
  }

  /** Whether a file, link or folder may differ from the written one. */
  boolean isUnsure(SnapshotEntry entry) {
    return unsure.contains(entry);
  }

  /**
   * Marks a path as changed: its parent folders, its entry, and everything beneath it will be read.
   */
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
