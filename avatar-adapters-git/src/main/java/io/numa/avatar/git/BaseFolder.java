package io.numa.avatar.git;

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
 * A folder of the base commit, and what it was like in the working tree when all in it was written.
 */
final class BaseFolder {
  private static final ObjectId NOTHING = Constants.EMPTY_TREE_ID;

  private ObjectId tree;
  private List<BaseEntry> entries;
  private @Nullable Stamp stamp;
  private boolean settled;
  private final Set<String> strangers = new TreeSet<>();

  BaseFolder(ObjectId tree, List<BaseEntry> entries) {
    this.tree = tree;
    this.entries = entries;
  }

  /** A folder that was just made. */
  static BaseFolder empty() {
    return new BaseFolder(NOTHING, List.of());
  }

  /** The id of what it holds. */
  ObjectId tree() {
    return tree;
  }

  /** What it holds, in Git's order. */
  List<BaseEntry> entries() {
    return entries;
  }

  @Nullable BaseEntry find(byte[] name) {
    for (BaseEntry entry : entries) {
      if (Arrays.equals(entry.name(), name)) {
        return entry;
      }
    }
    return null;
  }

  Map<String, BaseEntry> byName() {
    Map<String, BaseEntry> all = new HashMap<>();
    entries.forEach(entry -> all.put(entry.text(), entry));
    return all;
  }

  /** What the folder itself was like; null if nobody knows what is in it. */
  @Nullable Stamp stamp() {
    return stamp;
  }

  /** Names in the folder that the base commit does not have. */
  Set<String> strangers() {
    return strangers;
  }

  /** Whether what is known of everything beneath is what is there, and is this tree. */
  boolean isSettledAs(ObjectId wanted) {
    return settled && tree.equals(wanted);
  }

  /** Notes that not all is there. */
  void unsettle() {
    settled = false;
  }

  /** Notes that a tree was written. */
  void settle(ObjectId written, List<BaseEntry> all, Stamp now) {
    tree = written;
    entries = all;
    stamp = now;
    settled = true;
  }

  /** Notes that nothing is known of what is there. */
  void forget() {
    stamp = null;
    settled = false;
    strangers.clear();
    entries.forEach(BaseEntry::forget);
  }
}
