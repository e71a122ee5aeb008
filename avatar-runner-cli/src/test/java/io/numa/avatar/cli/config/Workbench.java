package io.numa.avatar.cli.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A folder with files, an environment and flags to read a configuration from. */
final class Workbench {
  static final String MINIMAL =
      """
      backend:
        url: "http://localhost:7301"
        api_token: "your_api_token"
      git:
        username: "your_git_username"
        email: "your_email@example.com"
      avatar:
        id: "avatar_001"
        name: "Developer Avatar"
      polling:
        interval: 5
      """;

  private final Path folder;
  private final Map<String, String> environment = new LinkedHashMap<>(Map.of("HOME", "/home/me"));
  private final Map<String, String> flags = new LinkedHashMap<>();

  Workbench(Path folder) {
    this.folder = folder;
  }

  Workbench file(String name, String content) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.resolveSibling(""));
      Files.writeString(file, content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Workbench config(String content) {
    return file("config.yaml", content);
  }

  Workbench variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Workbench flag(String key, String value) {
    flags.put(key, value);
    return this;
  }

  EffectiveConfiguration read(Purpose purpose) {
    return new ConfigLoader(folder, environment).read(null, flags, purpose);
  }

  EffectiveConfiguration read(Path file, Purpose purpose) {
    return new ConfigLoader(folder, environment).read(file, flags, purpose);
  }

  /** Loads the configuration; required keys may be missing. */
  Configuration load() {
    return read(Purpose.SHOW).configuration();
  }

  /** The problems; required keys may be missing. */
  List<String> problems() {
    return problems(Purpose.SHOW);
  }

  List<String> problems(Purpose purpose) {
    try {
      read(purpose);
      return List.of();
    } catch (ConfigurationException e) {
      return e.problems().stream().map(ConfigProblem::toString).toList();
    }
  }
}
