package io.numa.avatar.git.internal.worktree;

import io.numa.avatar.git.internal.attributes.AgentStateFiles;
import io.numa.avatar.git.internal.attributes.FolderRules;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.workspace.FileNames;
import io.numa.avatar.workspace.Folder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.jspecify.annotations.Nullable;

/**
 * Removes from a working tree the files that would be staged now but are not in a staged tree. It
 * ignores the same files as {@link TreeReader}. It never follows a symbolic link.
 */
final class TreeSweep {
  /** The files whose text decides about other files. */
  static final Set<String> RULES = Set.of(Constants.DOT_GIT_IGNORE, Constants.DOT_GIT_ATTRIBUTES);

  private final ContentIndex contents;

  // By path, as text.
  private final Set<String> files = new HashSet<>();
  private final Set<String> folders = new HashSet<>();

  private TreeSweep(ContentIndex contents, DirCache staged) {
    this.contents = contents;
    for (DirCacheEntry entry : staged.getEntriesWithin("")) {
      String path = WorkspacePath.decode(entry.getRawPath());
      files.add(path);
      int end = path.lastIndexOf('/');
      while (end > 0 && folders.add(path.substring(0, end))) {
        end = path.lastIndexOf('/', end - 1);
      }
    }
  }

  /**
   * Sweeps a tree. Its tracked rule files must be in place.
   *
   * @param contents with the submodules of {@code staged}
   */
  static void sweep(Path root, ContentIndex contents, DirCache staged) throws IOException {
    try (Folder top = Folder.open(root)) {
      new TreeSweep(contents, staged).sweep(new Place(top, "", 0, null, false));
    }
  }

  /**
   * A folder, and the rules that apply to it.
   *
   * @param path its path in the tree; empty for the root, else ending in a slash
   * @param depth how many names the path has
   * @param above the rules of its parent folder
   */
  private record Place(
      Folder folder, String path, int depth, @Nullable FolderRules above, boolean ignored) {}

  private void sweep(Place place) throws IOException {
    FolderRules rules = rules(place);
    for (Path child : place.folder().names()) {
      String name = WorkspacePath.decode(FileNames.bytes(child));
      if (name.equals(Constants.DOT_GIT)) {
        if (!place.path().isEmpty()) {
          place.folder().delete(child);
        }
      } else if (place.folder().attributes(child).isDirectory()) {
        sweepFolder(place, child, name, rules);
      } else if (isUntracked(place, name, rules)) {
        place.folder().delete(child);
      }
    }
  }

  /** Reads the rules of a folder, without rule files that are untracked themselves. */
  private FolderRules rules(Place place) throws IOException {
    var rules = new FolderRules(place.above(), FolderRules.in(place.folder()), place.path());
    boolean removed = false;
    for (String name : RULES) {
      Path file = Path.of(name);
      if (place.folder().find(file).filter(found -> !found.isDirectory()).isPresent()
          && isUntracked(place, name, rules)) {
        place.folder().delete(file);
        removed = true;
      }
    }
    return removed
        ? new FolderRules(place.above(), FolderRules.in(place.folder()), place.path())
        : rules;
  }

  private boolean isUntracked(Place place, String name, FolderRules rules) {
    String path = place.path() + name;
    if (files.contains(path)) {
      return false;
    }
    boolean leftOut = AgentStateFiles.is(name) || place.ignored() || rules.ignores(path, false);
    return !leftOut || contents.base().file(path) != null || contents.file(path).isPresent();
  }

  private void sweepFolder(Place place, Path child, String name, FolderRules rules)
      throws IOException {
    String path = place.path() + name;
    if (files.contains(path)) {
      return; // a submodule, or a folder that the write of a file replaces
    }
    boolean tracked = folders.contains(path);
    boolean ignored = place.ignored() || rules.ignores(path, true);
    if (!tracked && (ignored || AgentStateFiles.is(name)) && !contents.holdsBeneath(path)) {
      return;
    }
    if (!tracked && isWhole(place, child, path)) {
      place.folder().delete(child);
      return;
    }
    boolean empty;
    try (Folder folder = place.folder().folder(child)) {
      sweep(new Place(folder, path + "/", place.depth() + 1, rules, ignored));
      empty = folder.names().isEmpty();
    }
    if (empty && !tracked) {
      place.folder().delete(child);
    }
  }

  /** Whether to remove an untracked folder with its whole content. */
  private boolean isWhole(Place place, Path child, String path) throws IOException {
    if (place.depth() == WorkspacePath.MAX_NAMES - 1 || contents.submodule(path).isPresent()) {
      return true;
    }
    try (Folder folder = place.folder().folder(child)) {
      return folder.find(Path.of(Constants.DOT_GIT)).isPresent();
    }
  }
}
