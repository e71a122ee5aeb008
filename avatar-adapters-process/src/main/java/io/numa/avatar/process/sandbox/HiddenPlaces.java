package io.numa.avatar.process.sandbox;

import io.numa.avatar.process.sandbox.settings.SandboxFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The places that no sandbox may see, even inside of folders that it sees.
 *
 * @param paths real paths
 */
record HiddenPlaces(Set<Path> paths) {
  /** Where people and their programs keep passwords and keys, relative to HOME. */
  private static final List<String> SECRETS =
      List.of(
          ".ssh .gnupg .config .local/share .local/state .password-store .netrc .git-credentials"
              .split(" "));

  private static final List<String> CLIENTS =
      List.of(
          (".aws .azure .docker .kube .terraform.d .npmrc .yarnrc .yarnrc.yml .pypirc .pip .gem"
                  + " .bundle .m2/settings.xml .m2/settings-security.xml .gradle/gradle.properties"
                  + " .gradle/init.gradle .gradle/init.d .cargo/credentials .cargo/credentials.toml"
                  + " .cargo/config .cargo/config.toml .pgpass .my.cnf .bash_history")
              .split(" "));

  HiddenPlaces {
    paths = Set.copyOf(paths);
  }

  /** Those of the operator's HOME, and what the settings name. */
  static HiddenPlaces of(SandboxFolders folders) {
    var paths = new LinkedHashSet<Path>();
    Stream.of(SECRETS.stream(), CLIENTS.stream())
        .flatMap(names -> names)
        .map(folders.home()::resolve)
        .forEach(path -> paths.add(real(path)));
    folders.hidden().forEach(path -> paths.add(real(path)));
    paths.add(real(folders.state()));
    return new HiddenPlaces(paths);
  }

  static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }

  /** Whether a path is one of these places, or in one. */
  boolean hold(Path path) {
    Path real = real(path);
    return paths.stream().anyMatch(real::startsWith);
  }

  /** What covers these places in a folder that a sandbox sees. */
  List<Mount> covers(Mount.ReadOnly folder) {
    return paths.stream().flatMap(path -> cover(folder, path).stream()).toList();
  }

  private static Optional<Mount> cover(Mount.ReadOnly folder, Path hidden) {
    Path source = real(folder.source());
    if (!hidden.startsWith(source) || !Files.exists(hidden)) {
      return Optional.empty();
    }
    Path target = folder.target().resolve(source.relativize(hidden));
    return Optional.of(
        Files.isDirectory(hidden) ? new Mount.EmptyFolder(target) : new Mount.NoFile(target));
  }
}
