package io.numa.avatar.git.internal.worktree;

import io.numa.avatar.git.internal.support.LinkTargets;
import io.numa.avatar.git.settings.SparseCone;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/** Reads the trees of commits, and refuses names that a file must not have. */
public final class TreeObjects {
  private TreeObjects() {}

  /** The id of a commit's tree. */
  public static ObjectId treeOf(ObjectReader objects, ObjectId commit) throws IOException {
    try (var walk = new RevWalk(objects)) {
      return walk.parseCommit(commit).getTree().getId();
    }
  }

  /**
   * Reads a tree with its whole content. The state of all of it on disk is unknown.
   *
   * @param cone the folders that are not left out
   */
  public static SnapshotFolder read(ObjectReader objects, ObjectId tree, SparseCone cone)
      throws IOException {
    return read(objects, tree, cone, "");
  }

  private static SnapshotFolder read(
      ObjectReader objects, ObjectId tree, SparseCone cone, String prefix) throws IOException {
    List<SnapshotEntry> entries = entries(objects, tree);
    for (int i = 0; i < entries.size(); i++) {
      SnapshotEntry entry = entries.get(i);
      String path = prefix + entry.text();
      if (entry.isFolder() && !cone.includesFolder(path)) {
        entries.set(i, entry.leftOut());
      } else if (entry.isFolder()) {
        SnapshotFolder folder = read(objects, entry.id(), cone, path + "/");
        entries.set(i, SnapshotEntry.folder(entry.name(), entry.id(), folder));
      }
    }
    return new SnapshotFolder(tree, entries);
  }

  /**
   * The direct entries of a tree.
   *
   * @throws PortException of kind {@code DENIED} if an entry has a name that a file must not have
   */
  static List<SnapshotEntry> entries(ObjectReader objects, ObjectId tree) throws IOException {
    List<SnapshotEntry> entries = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (var at = new CanonicalTreeParser(null, objects, tree); !at.eof(); at.next()) {
      byte[] name = new byte[at.getNameLength()];
      at.getName(name, 0);
      requireFileName(name);
      SnapshotEntry entry = SnapshotEntry.of(name, at.getEntryFileMode(), at.getEntryObjectId());
      if (!names.add(entry.text())) {
        throw denied("two entries of one name: '" + entry.text() + "'", null);
      }
      entries.add(entry);
    }
    return entries;
  }

  /** A folder that is left out with its whole content. */
  static SnapshotFolder leftOut(ObjectReader objects, ObjectId tree) throws IOException {
    List<SnapshotEntry> entries = entries(objects, tree);
    entries.replaceAll(SnapshotEntry::leftOut);
    return new SnapshotFolder(tree, entries);
  }

  /**
   * The path of an entry of a commit.
   *
   * @throws PortException of kind {@code DENIED} if no file of a tree may have it
   */
  static WorkspacePath path(byte[] path) {
    try {
      return WorkspacePath.ofGit(path);
    } catch (IllegalArgumentException e) {
      throw new PortException(
          FailureKind.DENIED, "could not write the files of the commit: " + e.getMessage(), e);
    }
  }

  /**
   * Reads the target of a symbolic link.
   *
   * @throws PortException of kind {@code DENIED} if no link can have it
   */
  static byte[] linkTarget(ObjectReader objects, ObjectId blob, String link) throws IOException {
    ObjectLoader target = objects.open(blob, Constants.OBJ_BLOB);
    Optional<String> problem =
        target.getSize() > LinkTargets.LONGEST
            ? Optional.of(LinkTargets.TOO_LONG)
            : LinkTargets.problem(target.getBytes());
    if (problem.isPresent()) {
      throw new PortException(
          FailureKind.DENIED,
          "could not write the files of the commit: the link '"
              + WorkspacePath.shown(link)
              + "' "
              + problem.get());
    }
    return target.getBytes();
  }

  private static void requireFileName(byte[] name) {
    try {
      SystemReader.getInstance().checkPath(name);
    } catch (CorruptObjectException e) {
      throw denied("an entry that no file may be called: '" + WorkspacePath.decode(name) + "'", e);
    }
  }

  private static PortException denied(String problem, @Nullable Throwable cause) {
    return new PortException(
        FailureKind.DENIED, "could not write the files of the commit: it has " + problem, cause);
  }
}
