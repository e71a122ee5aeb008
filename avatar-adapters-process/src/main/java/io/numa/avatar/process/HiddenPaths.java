package io.numa.avatar.process;

import static io.numa.avatar.task.FailureKind.DENIED;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.process.ProcessRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The paths that a process must not see.
 *
 * <p>Linux cannot mount over a symbolic link, so what a link leads to is hidden.
 *
 * @param named the paths by the names that the process would use
 * @param folders the real paths of the folders to hide; none is inside another
 * @param files the real paths of the other things to hide; none is inside a hidden folder
 */
record HiddenPaths(List<Path> named, List<Path> folders, List<Path> files) {
  HiddenPaths {
    named = List.copyOf(named);
    folders = List.copyOf(folders);
    files = List.copyOf(files);
  }

  /**
   * Leaves out the paths that do not exist.
   *
   * @throws PortException of kind {@code DENIED} if hiding a path would hide something outside the
   *     working directory, because a link leads there, or the working directory itself
   */
  static HiddenPaths of(ProcessRequest request) {
    List<Path> named =
        request.hidden().stream()
            .map(path -> request.directory().resolve(path).toAbsolutePath())
            .filter(path -> Files.exists(path, NOFOLLOW_LINKS))
            .sorted()
            .toList();
    var real = new ArrayList<Path>();
    for (Path path : named) {
      target(path, request.directory()).ifPresent(real::add);
    }
    List<Path> folders = real.stream().filter(Files::isDirectory).distinct().toList();
    List<Path> outermost =
        real.stream().distinct().filter(path -> isOutside(path, folders)).toList();
    return new HiddenPaths(
        named,
        outermost.stream().filter(folders::contains).toList(),
        outermost.stream().filter(path -> !folders.contains(path)).toList());
  }

  boolean isEmpty() {
    return named.isEmpty();
  }

  /** The names as words of a command. */
  Stream<String> names() {
    return named.stream().map(Path::toString);
  }

  /** What to hide for a path; empty for a link that leads to nothing. */
  private static Optional<Path> target(Path path, Path directory) {
    try {
      Path root = directory.toRealPath();
      Path real = path.toRealPath();
      if (root.startsWith(real)) {
        throw denied(path, "the process works in it");
      }
      if (path.startsWith(directory.toAbsolutePath()) && !real.startsWith(root)) {
        throw denied(path, "a symbolic link leads out of '" + directory + "'");
      }
      return Optional.of(real);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw denied(path, "a symbolic link cannot be followed");
    }
  }

  private static boolean isOutside(Path path, List<Path> folders) {
    return Stream.iterate(path.getParent(), Objects::nonNull, Path::getParent)
        .noneMatch(folders::contains);
  }

  private static PortException denied(Path path, String reason) {
    return new PortException(DENIED, "could not hide '" + path + "': " + reason);
  }
}
