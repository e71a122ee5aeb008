package io.numa.avatar.agent.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The files and folders of a repository that configure an agent or run code in it. */
final class RepositoryFiles {
  private RepositoryFiles() {}

  /**
   * Those of these names that the top folder of a working tree has. A link that leads to nothing is
   * left out. Any other link is named by itself, so that hiding it hides nothing outside.
   */
  static Set<Path> find(Path tree, Collection<String> names) {
    return names.stream()
        .map(tree::resolve)
        .filter(Files::exists)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
