package io.numa.avatar.git.internal.worktree;

import io.numa.avatar.git.internal.attributes.AgentStateFiles;
import io.numa.avatar.git.internal.attributes.FolderRules;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.workspace.FileNames;
import io.numa.avatar.workspace.Folder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.Constants;

/**
 * Lists the files of a working tree that {@link TreeReader} leaves out because they are ignored.
 * Leaves out the state of coding agents. It never follows a symbolic link.
 */
public final class IgnoredPaths {
  private final Path root;
  private final ContentIndex contents;
  private final List<Path> found = new ArrayList<>();

  private IgnoredPaths(Path root, ContentIndex contents) {
    this.root = root;
    this.contents = contents;
  }

  /**
   * Lists them by the rule files that are in the tree now. A folder that is left out as a whole is
   * listed alone.
   *
   * @return paths relative to the root, in no order
   */
  public static List<Path> in(Path root, ContentIndex contents) throws IOException {
    var ignored = new IgnoredPaths(root, contents);
    try (Folder top = Folder.open(root)) {
      ignored.look(new Place(top, "", 0, new FolderRules(null, FolderRules.in(top), ""), false));
    }
    return ignored.found;
  }

  /**
   * A folder, and the rules that apply to it.
   *
   * @param path its path in the tree; empty for the root, else ending in a slash
   * @param depth how many names the path has
   */
  private record Place(Folder folder, String path, int depth, FolderRules rules, boolean ignored) {}

  private void look(Place place) throws IOException {
    for (Path child : place.folder().names()) {
      String name = WorkspacePath.decode(FileNames.bytes(child));
      if (name.equals(Constants.DOT_GIT) || AgentStateFiles.is(name)) {
        continue;
      }
      String path = place.path() + name;
      boolean folder = place.folder().attributes(child).isDirectory();
      boolean ignored = place.ignored() || place.rules().ignores(path, folder);
      if (folder) {
        lookInto(place, child, path, ignored);
      } else if (ignored && contents.base().file(path) == null && contents.file(path).isEmpty()) {
        add(place, child);
      }
    }
  }

  private void lookInto(Place place, Path child, String path, boolean ignored) throws IOException {
    if (contents.submodule(path).isPresent() || place.depth() == WorkspacePath.MAX_NAMES - 1) {
      return;
    }
    if (ignored && !contents.holdsBeneath(path)) {
      add(place, child);
      return;
    }
    try (Folder folder = place.folder().folder(child)) {
      String inside = path + "/";
      var rules = new FolderRules(place.rules(), FolderRules.in(folder), inside);
      look(new Place(folder, inside, place.depth() + 1, rules, ignored));
    }
  }

  private void add(Place place, Path child) {
    found.add(root.relativize(place.folder().path().resolve(child)));
  }
}
