package io.numa.avatar.git;

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
 * folders: each costs one call to the system, and none is opened. What is found to be the same, was
 * so at that moment whatever links somebody puts on the way meanwhile: a stamp is of one file only.
 */
final class TreeScan {
  private final BaseTree base;

  // By identity: neither class has an idea of equality.
  private final Set<BaseFolder> touched = ConcurrentHashMap.newKeySet();
  private final Set<BaseEntry> unsure = ConcurrentHashMap.newKeySet();
  private final Set<BaseFolder> onTheWay = Collections.newSetFromMap(new IdentityHashMap<>());

  private TreeScan(BaseTree base) {
    this.base = base;
  }

  /** Looks at a tree, with several threads where it is large. */
  static TreeScan of(Path root, BaseTree base) throws IOException {
    var scan = new TreeScan(base);
    List<Spot> spots = new ArrayList<>();
    addSpots(new Spot(base.root(), root, null), spots);
    InParallel.each(spots, scan::look);
    scan.markTheWay(base.root());
    return scan;
  }

  /** Takes a tree for what was written into it, but for some paths and what is beneath. */
  static TreeScan at(Set<WorkspacePath> paths, BaseTree base) {
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
  private record Spot(BaseFolder folder, Path path, @Nullable Spot outer) {}

  private static void addSpots(Spot spot, List<Spot> spots) {
    spots.add(spot);
    for (BaseEntry entry : spot.folder().entries()) {
      BaseFolder inner = entry.folder();
      if (inner != null) {
        addSpots(new Spot(inner, FileNames.resolve(spot.path(), entry.name()), spot), spots);
      }
    }
  }

  private void look(Spot spot) throws IOException {
    BaseFolder folder = spot.folder();
    Stamp now = Stamp.find(spot.path());
    if (!isSameFolder(folder, now)) {
      noteOther(spot);
    }
    boolean same = folder.strangers().isEmpty() && base.vouchesFor(folder.stamp(), now);
    for (BaseEntry entry : folder.entries()) {
      if (!entry.isFolder() && !entry.isLeftOut() && !isAsWritten(entry, spot.path())) {
        unsure.add(entry);
        same = false;
      }
    }
    if (!same) {
      touched.add(folder);
    }
  }

  private boolean isAsWritten(BaseEntry entry, Path folder) throws IOException {
    return base.vouchesFor(entry.stamp(), Stamp.find(FileNames.resolve(folder, entry.name())));
  }

  /** Whether it is a folder, and one that was neither closed to us nor opened to others. */
  private static boolean isSameFolder(BaseFolder folder, @Nullable Stamp now) {
    Stamp noted = folder.stamp();
    return noted != null && now != null && now.mode() == noted.mode();
  }

  /** If it is no folder, it does not matter what is found beneath: that is where a link leads. */
  private void noteOther(Spot spot) {
    if (spot.outer() != null) {
      touched.add(spot.outer().folder());
      for (BaseEntry entry : spot.outer().folder().entries()) {
        if (entry.folder() == spot.folder()) {
          unsure.add(entry);
        }
      }
    }
  }

  /** Whether the root is what it was, whatever has become of what is in it. */
  static boolean isSameRoot(Path root, BaseTree base) throws IOException {
    return isSameFolder(base.root(), Stamp.find(root));
  }

  private boolean markTheWay(BaseFolder folder) {
    boolean beneath = false;
    for (BaseEntry entry : folder.entries()) {
      BaseFolder inner = entry.folder();
      beneath |= inner != null && markTheWay(inner);
    }
    if (beneath) {
      onTheWay.add(folder);
    }
    return beneath || touched.contains(folder);
  }

  /** Whether a folder has to be looked into: its names or one of its files may have changed. */
  boolean isTouched(BaseFolder folder) {
    return touched.contains(folder);
  }

  /** Whether a folder is one, or there is one beneath it. */
  boolean leadsToTouched(BaseFolder folder) {
    return isTouched(folder) || onTheWay.contains(folder);
  }

  /** Whether a file, link or folder may be another than was written. */
  boolean isUnsure(BaseEntry entry) {
    return unsure.contains(entry);
  }

  /** Has what is on the way to a path looked into as well, and what is at it and beneath. */
  void touch(String path) {
    BaseFolder folder = base.root();
    for (String name : path.split("/", -1)) {
      if (folder == null) {
        return;
      }
      touched.add(folder);
      BaseEntry next = folder.find(WorkspacePath.encode(name));
      if (next != null) {
        unsure.add(next);
      }
      folder = next == null ? null : next.folder();
    }
    if (folder != null) {
      touchAll(folder);
    }
  }

  private void touchAll(BaseFolder folder) {
    touched.add(folder);
    for (BaseEntry entry : folder.entries()) {
      unsure.add(entry);
      BaseFolder inner = entry.folder();
      if (inner != null) {
        touchAll(inner);
      }
    }
  }
}
