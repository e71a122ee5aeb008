package io.numa.avatar.git.internal.submodule;

import io.numa.avatar.git.internal.support.SmallFile;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;

/**
 * The submodules that a commit's {@code .gitmodules} lists. Of each submodule, only the URL and
 * {@code update = none} are used. Neither its name nor its path is used to find a file on disk.
 */
final class SubmoduleList {
  private final Map<String, Entry> byPath = new HashMap<>();

  private SubmoduleList() {}

  /** One submodule. */
  record Entry(String url, boolean leftOut) {}

  /**
   * Reads the list.
   *
   * @throws PortException of kind {@code DENIED} if the file is not a regular file, or has content
   *     that only an attack would have
   */
  static SubmoduleList read(Repository repository, DirCache commit) throws IOException {
    var list = new SubmoduleList();
    DirCacheEntry file = commit.getEntry(Constants.DOT_GIT_MODULES);
    if (file == null) {
      return list;
    }
    if ((file.getRawMode() & FileMode.TYPE_MASK) != FileMode.TYPE_FILE) {
      throw denied("it is no plain file");
    }
    try (ObjectReader objects = repository.newObjectReader()) {
      Config config =
          SmallFile.read(Constants.DOT_GIT_MODULES, objects, file.getObjectId()).config();
      for (String name : config.getSubsections("submodule")) {
        list.add(name, config);
      }
      return list;
    } catch (ConfigInvalidException e) {
      throw denied("it is damaged");
    }
  }

  private void add(String name, Config config) {
    String path = config.getString("submodule", name, "path");
    String url = config.getString("submodule", name, "url");
    String update = config.getString("submodule", name, "update");
    // CVE-2018-11235: Git once put a submodule's directory at the path that its name gives.
    if (name.isEmpty() || List.of(name.split("[/\\\\]", -1)).contains("..")) {
      throw denied("it names a submodule '" + name + "'");
    }
    if (update != null && update.startsWith("!")) {
      throw denied("it wants a command to be run for the submodule '" + name + "'");
    }
    if (path != null && url != null) {
      byPath.putIfAbsent(path.replaceFirst("/+$", ""), new Entry(url, "none".equals(update)));
    }
  }

  Optional<Entry> find(String path) {
    return Optional.ofNullable(byPath.get(path));
  }

  private static PortException denied(String problem) {
    return new PortException(
        FailureKind.DENIED, "could not check out submodules: of .gitmodules, " + problem);
  }
}
