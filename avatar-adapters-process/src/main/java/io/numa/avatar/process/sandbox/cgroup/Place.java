package io.numa.avatar.process.sandbox.cgroup;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A control group of version 2.
 *
 * @param folder where the kernel shows it
 * @param path its name, as this process sees it: {@code /} is the topmost one
 */
record Place(Path folder, Path path) {
  private static final Path TOP = Path.of("/");
  private static final String OWN = "0::";

  /**
   * The group of a process, if it can be seen.
   *
   * @param groups the text of {@code /proc/self/cgroup}
   * @param mounts the text of {@code /proc/self/mountinfo}
   */
  static Optional<Place> of(String groups, String mounts) {
    return groups
        .lines()
        .filter(line -> line.startsWith(OWN))
        .map(line -> Path.of(line.substring(OWN.length())))
        .filter(path -> path.normalize().equals(path)) // "/.." is out of sight
        .flatMap(path -> mounts.lines().flatMap(line -> shown(path, line)))
        .reduce((covered, last) -> last);
  }

  /** The place of a group, if it is shown by a mount, which is told by a line. */
  private static Stream<Place> shown(Path path, String line) {
    List<String> fields = List.of(line.split(" "));
    int type = fields.indexOf("-") + 1;
    if (type < 6 || type >= fields.size() || !fields.get(type).equals("cgroup2")) {
      return Stream.empty();
    }
    Path root = unescaped(fields.get(3));
    return path.startsWith(root)
        ? Stream.of(new Place(unescaped(fields.get(4)).resolve(root.relativize(path)), path))
        : Stream.empty();
  }

  private static Path unescaped(String field) {
    return Path.of(
        field
            .replace("\\040", " ")
            .replace("\\011", "\t")
            .replace("\\012", "\n")
            .replace("\\134", "\\"));
  }

  boolean isTop() {
    return path.equals(TOP);
  }

  boolean isNamed(String name) {
    return path.endsWith(name);
  }

  /** The group that this one is in, if it can be seen. */
  Optional<Place> above() {
    return Optional.ofNullable(path.getParent())
        .flatMap(
            parent ->
                Optional.ofNullable(folder.getParent()).map(shown -> new Place(shown, parent)));
  }
}
