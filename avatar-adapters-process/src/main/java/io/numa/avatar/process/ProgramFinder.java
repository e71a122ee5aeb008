package io.numa.avatar.process;

import io.numa.avatar.port.PortException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds a command's program by the command's own {@code PATH}; Java would use the avatar's.
 * Explains why if it finds none.
 */
final class ProgramFinder {
  private ProgramFinder() {}

  /**
   * Returns the absolute path of a program.
   *
   * @param directory the start of relative paths
   * @param searchPath the folders to search, as in {@code PATH}; not used if {@code program} is a
   *     path
   * @throws PortException of kind {@code COMMAND_FAILED} if there is none that can be run
   */
  static Path find(String program, Path directory, String searchPath) {
    try {
      return program.contains("/")
          ? checked(program, directory.resolve(program))
          : onSearchPath(program, directory, searchPath);
    } catch (InvalidPathException e) {
      throw ProcessFailures.of(program, "this is no program's name", e);
    }
  }

  private static Path onSearchPath(String program, Path directory, String searchPath) {
    var found =
        Stream.of(searchPath.split(":", -1))
            .map(folder -> directory.resolve(folder).resolve(program))
            .filter(Files::isRegularFile)
            .toList();
    Optional<Path> runnable = found.stream().filter(Files::isExecutable).findFirst();
    if (runnable.isPresent()) {
      return runnable.get();
    }
    if (found.isEmpty()) {
      throw ProcessFailures.of(program, "no such program on PATH", null);
    }
    return checked(program, found.get(0));
  }

  private static Path checked(String program, Path file) {
    if (Files.isDirectory(file)) {
      throw ProcessFailures.of(program, "this is a folder", null);
    }
    if (!Files.exists(file)) {
      throw ProcessFailures.of(program, "no such file", null);
    }
    if (!Files.isExecutable(file)) {
      throw ProcessFailures.of(
          program, "the file is not executable; make it so with a chmod step", null);
    }
    return file.toAbsolutePath();
  }
}
