package io.numa.avatar.cli.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds programs as a shell does.
 *
 * @param folders the folders to look in, written as in {@code PATH}
 */
public record ProgramSearch(String folders) {
  /**
   * The program's file.
   *
   * @param name a name, or an absolute path
   */
  public Optional<Path> find(String name) {
    Stream<Path> places =
        name.startsWith("/")
            ? Stream.of(Path.of(name))
            : Stream.of(folders.split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name));
    return places.filter(file -> Files.isRegularFile(file) && Files.isExecutable(file)).findFirst();
  }
}
