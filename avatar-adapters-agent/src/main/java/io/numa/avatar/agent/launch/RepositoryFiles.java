package io.numa.avatar.agent.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The files and folders of a repository that configure an agent or run code in it. */
final class RepositoryFiles {
  private RepositoryFiles() {}

  /** Those of these names that the top folder of a working tree has. */
  static Set<Path> find(Path tree, Collection<String> names) {
    var found = new TreeSet<Path>();
    names.stream()
        .map(tree::resolve)
        .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
        .map(RepositoryFiles::target)
        .flatMap(Optional::stream)
        .forEach(found::add);
    return found;
  }

  /** A file, or where it leads as a link; empty if that is nowhere. */
  private static Optional<Path> target(Path file) {
    try {
      return Optional.of(Files.isSymbolicLink(file) ? file.toRealPath() : file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
