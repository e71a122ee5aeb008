package io.numa.avatar.git.internal.worktree;

import io.numa.avatar.plan.WorkspacePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.util.Paths;
import org.jspecify.annotations.Nullable;

/** Collects the entries of one folder for a new Git tree. */
final class TreeBuilder {
  private static final Comparator<Entry> GIT_ORDER =
      (one, other) ->
          Paths.compare(
              one.name(),
              0,
              one.name().length,
              one.mode().getBits(),
              other.name(),
              0,
              other.name().length,
              other.mode().getBits());

  @SuppressWarnings("ArrayRecordComponent") // only Git's order is used
  private record Entry(byte[] name, FileMode mode, ObjectId id) {}

  private final Map<String, Entry> entries = new HashMap<>();

  boolean has(SnapshotEntry entry) {
    return entries.containsKey(entry.text());
  }

  void add(SnapshotEntry entry) {
    entries.put(entry.text(), new Entry(entry.name(), entry.mode(), entry.id()));
  }

  void add(String name, FileMode mode, ObjectId id) {
    entries.put(name, new Entry(WorkspacePath.encode(name), mode, id));
  }

  /** Compares type and executable bit only; other bits, which old trees have, are ignored. */
  boolean isSameAs(List<SnapshotEntry> others) {
    if (others.size() != entries.size()) {
      return false;
    }
    for (SnapshotEntry other : others) {
      Entry mine = entries.get(other.text());
      if (mine == null || !mine.mode().equals(other.mode()) || !mine.id().equals(other.id())) {
        return false;
      }
    }
    return true;
  }

  /** Stores the tree; null if it is empty, as Git stores no empty trees. */
  @Nullable ObjectId write(ObjectInserter inserter) throws IOException {
    if (entries.isEmpty()) {
      return null;
    }
    var sorted = new ArrayList<>(entries.values());
    sorted.sort(GIT_ORDER);
    var formatter = new TreeFormatter();
    sorted.forEach(entry -> formatter.append(entry.name(), entry.mode(), entry.id()));
    return inserter.insert(formatter);
  }
}
