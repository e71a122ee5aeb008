package io.numa.avatar.process.sandbox.home;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The folders of a repository that its processes fill. */
final class FilledFolders {
  private FilledFolders() {}

  /**
   * All of them; without the kernel's own folders of layers, which cannot be read.
   *
   * @param repository its folder
   */
  static List<Path> of(Path repository, Layers layers) {
    var filled =
        new ArrayList<>(
            Stream.of("home", "plain", "tmp", "caches").map(repository::resolve).toList());
    List<Path> uppers = uppers(repository, layers, 1);
    for (int number = 2; !uppers.isEmpty(); number++) {
      filled.addAll(uppers);
      uppers = uppers(repository, layers, number);
    }
    return filled;
  }

  private static List<Path> uppers(Path repository, Layers layers, int number) {
    return layers.of(repository, number).stream()
        .map(Layers.Layer::upper)
        .filter(Files::isDirectory)
        .toList();
  }
}
