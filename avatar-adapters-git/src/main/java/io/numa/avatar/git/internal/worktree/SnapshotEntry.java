package io.numa.avatar.git.internal.worktree;

import io.numa.avatar.plan.WorkspacePath;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * A name in a folder of the base commit, and the state of its file or link in the working tree
 * right after it was written.
 */
final class SnapshotEntry {
  private final byte[] name;
  private final FileMode mode;
  private final ObjectId id;
  private final @Nullable SnapshotFolder folder;
  private final boolean leftOut;
  private @Nullable FileStat stat;
  private @Nullable ObjectId inTree;

  private SnapshotEntry(
      byte[] name, FileMode mode, ObjectId id, @Nullable SnapshotFolder folder, boolean leftOut) {
    this.name = name;
    this.mode = mode;
    this.id = id;
    this.folder = folder;
    this.leftOut = leftOut;
  }

  /** A file, link or submodule that has not been written yet. */
  static SnapshotEntry of(byte[] name, FileMode mode, ObjectId id) {
    return new SnapshotEntry(name, mode, id, null, false);
  }

  /** A copy that the tree leaves out on purpose; the content of a folder is unknown then. */
  SnapshotEntry leftOut() {
    return new SnapshotEntry(name, mode, id, null, true);
  }

  static SnapshotEntry folder(byte[] name, ObjectId tree, SnapshotFolder folder) {
    return new SnapshotEntry(name, FileMode.TREE, tree, folder, false);
  }

  byte[] name() {
    return name;
  }

  /** The name as text; some names are not UTF-8. */
  String text() {
    return WorkspacePath.decode(name);
  }

  FileMode mode() {
    return mode;
  }

  ObjectId id() {
    return id;
  }

  /** Whether the tree leaves it out on purpose, so that its absence is not a deletion. */
  boolean isLeftOut() {
    return leftOut;
  }

  boolean isFolder() {
    return mode.equals(FileMode.TREE);
  }

  /** Its entries, if it is a folder that is not left out. */
  @Nullable SnapshotFolder folder() {
    return folder;
  }

  boolean isSubmodule() {
    return mode.equals(FileMode.GITLINK);
  }

  boolean isLink() {
    return mode.equals(FileMode.SYMLINK);
  }

  /** Whether it is a regular file, executable or not. */
  boolean isFile() {
    return (mode.getBits() & FileMode.TYPE_MASK) == FileMode.TYPE_FILE;
  }

  /** Its state when it was written; null if its state on disk is unknown. */
  @Nullable FileStat stamp() {
    return stat;
  }

  /** The id of its bytes in the tree, if these differ from those in Git; else null. */
  @Nullable ObjectId inTree() {
    return inTree;
  }

  /** Notes that it was written. */
  void written(FileStat now, @Nullable ObjectId otherInTree) {
    stat = now;
    inTree = otherInTree;
  }

  /** Whether it is certainly in the working tree. */
  boolean isWritten() {
    return (folder == null ? stat : folder.stamp()) != null;
  }

  /** Notes that its state on disk is unknown. */
  void forget() {
    stat = null;
    if (folder != null) {
      folder.forget();
    }
  }

  boolean isSameAs(SnapshotEntry other) {
    return mode.equals(other.mode) && id.equals(other.id);
  }
}
