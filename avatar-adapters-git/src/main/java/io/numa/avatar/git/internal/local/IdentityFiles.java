package io.numa.avatar.git.internal.local;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/**
 * Reads names and addresses from Git's configuration files, with the files that they include, also
 * under the condition {@code gitdir}. A value of an included file wins over one of its includer.
 */
public final class IdentityFiles {
  private static final int MAX_DEPTH = 10;
  private static final long MAX_BYTES = 1 << 20;

  private final Map<String, String> environment;
  private final Optional<Path> home;

  public IdentityFiles(Map<String, String> environment) {
    this.environment = environment;
    this.home = Optional.ofNullable(environment.get("HOME")).map(Path::of);
  }

  /** The values of a person's own files, by {@code section.key}. */
  public Map<String, String> read() throws IOException {
    return readPersonal(null);
  }

  /** The same, and those of a repository, which win. */
  public Map<String, String> read(Repository repository) throws IOException {
    Path git = Path.of(String.valueOf(repository.getDirectory())).toRealPath();
    Map<String, String> values = readPersonal(git);
    read(LocalRepositories.common(repository).resolve("config"), git, 0, values);
    return values;
  }

  private Map<String, String> readPersonal(@Nullable Path git) throws IOException {
    Map<String, String> values = new HashMap<>();
    String global = environment.get("GIT_CONFIG_GLOBAL");
    if (global != null) {
      read(Path.of(global), git, 0, values);
      return values;
    }
    Optional<Path> xdg =
        Optional.ofNullable(environment.get("XDG_CONFIG_HOME"))
            .filter(folder -> !folder.isEmpty())
            .map(Path::of)
            .or(() -> home.map(folder -> folder.resolve(".config")));
    if (xdg.isPresent()) {
      read(xdg.get().resolve("git/config"), git, 0, values);
    }
    if (home.isPresent()) {
      read(home.get().resolve(".gitconfig"), git, 0, values);
    }
    return values;
  }

  private void read(Path file, @Nullable Path git, int depth, Map<String, String> values)
      throws IOException {
    if (depth > MAX_DEPTH || !Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
      return;
    }
    var config = new Config();
    try {
      config.fromText(Files.readString(file));
    } catch (ConfigInvalidException e) {
      throw new IOException(e);
    }
    for (String section : new String[] {"user", "author"}) {
      for (String key : new String[] {"name", "email"}) {
        String value = config.getString(section, null, key);
        if (value != null) {
          values.put(section + "." + key, value);
        }
      }
    }
    for (Path included : included(config, file, git)) {
      read(included, git, depth + 1, values);
    }
  }

  private Iterable<Path> included(Config config, Path file, @Nullable Path git) {
    Stream<String> always = Stream.of(config.getStringList("include", null, "path"));
    Stream<String> here =
        config.getSubsections("includeIf").stream()
            .filter(condition -> git != null && holds(condition, file, git))
            .flatMap(condition -> Stream.of(config.getStringList("includeIf", condition, "path")));
    return Stream.concat(always, here).map(path -> file.resolveSibling(inHome(path))).toList();
  }

  private boolean holds(String condition, Path file, Path git) {
    if (!condition.startsWith("gitdir:") && !condition.startsWith("gitdir/i:")) {
      return false;
    }
    boolean anyCase = condition.startsWith("gitdir/i:");
    String pattern = inHome(condition.substring(condition.indexOf(':') + 1));
    if (pattern.startsWith("./")) {
      pattern = file.resolveSibling("") + pattern.substring(1);
    } else if (!pattern.startsWith("/")) {
      pattern = "**/" + pattern;
    }
    pattern = pattern.endsWith("/") ? pattern + "**" : pattern;
    try {
      String wanted = anyCase ? pattern.toLowerCase(Locale.ROOT) : pattern;
      String found = anyCase ? git.toString().toLowerCase(Locale.ROOT) : git.toString();
      return FileSystems.getDefault().getPathMatcher("glob:" + wanted).matches(Path.of(found));
    } catch (PatternSyntaxException | InvalidPathException e) {
      return false;
    }
  }

  private String inHome(String path) {
    return path.startsWith("~/") && home.isPresent() ? home.get() + path.substring(1) : path;
  }
}
