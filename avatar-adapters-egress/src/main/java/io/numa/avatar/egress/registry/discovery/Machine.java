package io.numa.avatar.egress.registry.discovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Where the settings of the package clients are.
 *
 * @param root the folder that absolute paths begin at: {@code /}, but in tests
 * @param home the operator's HOME
 */
public record Machine(Path root, Path home, Map<String, String> environment) {
  public Machine {
    environment = Map.copyOf(environment);
  }

  /** The file at an absolute path, or at one that begins with <code>~/</code>. */
  Path at(String path) {
    if (path.startsWith("~/")) {
      return home.resolve(path.substring(2));
    }
    return root.resolve(path.replaceFirst("^/+", ""));
  }

  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  /** The file that a variable names, or else the one at {@code path}. */
  Path named(String variable, String path) {
    return at(variable(variable).orElse(path));
  }

  /** The folder of an installation: two above the program {@code name} of the search path. */
  Optional<Path> installation(String name) {
    return Arrays.stream(variable("PATH").orElse("").split(":"))
        .filter(folder -> folder.startsWith("/"))
        .map(folder -> at(folder).resolve(name))
        .filter(Files::isExecutable)
        .findFirst()
        .flatMap(Machine::real)
        .map(Path::getParent)
        .map(Path::getParent);
  }

  private static Optional<Path> real(Path program) {
    try {
      return Optional.of(program.toRealPath());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
