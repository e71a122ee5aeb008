package io.numa.avatar.git.internal.worktree;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * A folder of the base commit, and its state in the working tree after its whole content was
 * written.
 */
public final class SnapshotFolder {
  private static final ObjectId NOTHING = Constants.EMPTY_TREE_ID;

  private ObjectId tree;
  private List<SnapshotEntry> entries;
  private @Nullable FileStat stat;
  private boolean settled;
  private final Set<String> untracked = new TreeSet<>();

  SnapshotFolder(ObjectId tree, List<SnapshotEntry> entries) {
    this.tree = tree;
    this.entries = entries;
  }

  /** A folder that was just created. */
  public static SnapshotFolder empty() {
    return new SnapshotFolder(NOTHING, List.of());
  }

  /** The id of its Git tree. */
  public ObjectId tree() {
    return tree;
  }

  /** Its entries, in Git's order. */
  List<SnapshotEntry> entries() {
    return entries;
  }

  @Nullable SnapshotEntry find(byte[] name) {
    for (SnapshotEntry entry : entries) {
      if (Arrays.equals(entry.name(), name)) {
        return entry;
      }
    }
    return null;
  }

  Map<String, SnapshotEntry> byName() {
    Map<String, SnapshotEntry> all = new HashMap<>();
    entries.forEach(entry -> all.put(entry.text(), entry));
    return all;
  }

  /** The state of the folder itself; null if its contents are unknown. */
  @Nullable FileStat stamp() {
    return stat;
  }

  /** The names in the folder that the base commit does not have. */
  Set<String> untracked() {
    return untracked;
  }

  /** Whether everything beneath is known to be on disk, and to equal this tree. */
  boolean isSettledAs(ObjectId wanted) {
    return settled && tree.equals(wanted);
  }

  /** Notes that the folder is not complete on disk. */
  void unsettle() {
    settled = false;
  }

  /** Notes that a tree was written completely. */
  void settle(ObjectId written, List<SnapshotEntry> all, FileStat now) {
    tree = written;
    entries = all;
    stat = now;
    settled = true;
  }

  /** Notes that the state on disk is unknown. */
  void forget() {
    stat = null;
    settled = false;
    untracked.clear();
    entries.forEach(SnapshotEntry::forget);
  }
}
