package io.numa.avatar.git.internal.worktree;

import io.numa.avatar.git.internal.support.TreeRoom;
import io.numa.avatar.git.internal.support.TreeRoom.Taken;
import io.numa.avatar.git.settings.SparseCone;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.PortException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the files of a Git tree before they are read or written: a small repository can name the
 * same folder or file so often that no disk has room for them. Takes the sizes of files that are in
 * place from their notes, so that a tree that hardly changes is measured without reading Git.
 */
public final class TreeMeasure {
  private final ObjectReader objects;
  private final SparseCone cone;
  private final TreeRoom room;

  /** What the trees take that were read; a tree may be in many places. */
  private final Map<ObjectId, Taken> known = new HashMap<>();

  /**
   * @param cone the folders that are not left out
   */
  public TreeMeasure(ObjectReader objects, SparseCone cone, TreeRoom room) {
    this.objects = objects;
    this.cone = cone;
    this.room = room;
  }

  /**
   * Takes the room of all files of a tree.
   *
   * @throws PortException of kind {@code DENIED} if there is not enough left
   */
  public void take(ObjectId tree) throws IOException {
    take(tree, null, "");
  }

  /** The same, where some of the files are in place. */
  void take(ObjectId tree, @Nullable SnapshotFolder there, String path) throws IOException {
    if (there != null && there.isSettledAs(tree)) {
      takeWritten(there);
    } else if (there != null || !cone.equals(SparseCone.ALL)) {
      takeEntries(tree, there, path);
    } else if (known.containsKey(tree)) {
      room.take(known.get(tree));
    } else {
      Taken before = room.taken();
      takeEntries(tree, null, path);
      known.put(tree, room.since(before));
    }
  }

  private void takeEntries(ObjectId tree, @Nullable SnapshotFolder there, String path)
      throws IOException {
    Map<String, SnapshotEntry> written = there == null ? Map.of() : there.byName();
    for (var at = new CanonicalTreeParser(null, objects, tree); !at.eof(); at.next()) {
      FileMode mode = at.getEntryFileMode();
      if (mode.equals(FileMode.TREE)) {
        takeFolder(at, written, path);
      } else {
        room.take(size(at, mode, written));
      }
    }
  }

  private void takeFolder(CanonicalTreeParser at, Map<String, SnapshotEntry> written, String path)
      throws IOException {
    String name = name(at);
    if (cone.includesFolder(path + name)) {
      TreeObjects.path(WorkspacePath.encode(path + name)); // not nested too deeply
      SnapshotEntry old = written.get(name);
      room.take(0);
      take(at.getEntryObjectId(), old == null ? null : old.folder(), path + name + "/");
    }
  }

  private static String name(CanonicalTreeParser at) {
    byte[] name = new byte[at.getNameLength()];
    at.getName(name, 0);
    return WorkspacePath.decode(name);
  }

  private void takeWritten(SnapshotFolder folder) {
    for (SnapshotEntry entry : folder.entries()) {
      SnapshotFolder inner = entry.folder();
      FileStat stat = entry.stamp();
      room.take(inner == null && stat != null ? stat.size() : 0);
      if (inner != null) {
        takeWritten(inner);
      }
    }
  }

  private long size(CanonicalTreeParser at, FileMode mode, Map<String, SnapshotEntry> written)
      throws IOException {
    ObjectId id = at.getEntryObjectId();
    SnapshotEntry old = written.isEmpty() ? null : written.get(name(at));
    FileStat stat = old != null && old.id().equals(id) ? old.stamp() : null;
    if (stat != null) {
      return stat.size();
    }
    return mode.equals(FileMode.GITLINK) ? 0 : objects.getObjectSize(id, Constants.OBJ_BLOB);
  }
}
