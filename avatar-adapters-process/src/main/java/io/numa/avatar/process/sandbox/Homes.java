package io.numa.avatar.process.sandbox;

import static io.numa.avatar.task.FailureKind.UNAVAILABLE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.sandbox.SandboxSite;
import io.numa.avatar.task.RepositoryUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The HOME and the caches of packages of each repository, kept between tasks. Agents have a HOME of
 * their own, and share the caches.
 *
 * <p>Processes of a sandbox may change all of it at any moment, so a path in a HOME must never be
 * the source or the place of a mount: the caches are beside the HOME, and links in it lead to them.
 *
 * @param folder where they are kept; all of it is on one file system with the HOMEs of agents
 */
record Homes(Path folder) {
  /** Where a HOME is seen; the second where the first is in the way. */
  static final List<Path> INSIDE = List.of(Path.of("/home/agent"), Path.of("/home/sandbox"));

  /** Where the caches are seen. */
  static final Path CACHES_INSIDE = Path.of("/var/cache/agent");

  /** For folders that only the avatar's user may enter. */
  static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private static final int NAME_BYTES = 16;

  /** The folders of package clients in HOME, and the names of the caches that they lead to. */
  private static final Map<Path, String> CACHES =
      Map.of(
          Path.of(".m2/repository"), "maven",
          Path.of(".npm"), "npm",
          Path.of(".cache"), "cache",
          Path.of(".cargo/registry"), "cargo",
          Path.of(".gradle/caches"), "gradle",
          Path.of(".gradle/wrapper"), "gradle-wrapper",
          Path.of("go/pkg"), "go");

  /** Where the HOME of a site is seen. */
  static Path inside(SandboxSite site) {
    Path first = INSIDE.get(0);
    boolean free =
        !site.tree().startsWith(first)
            && site.home().stream().noneMatch(home -> home.startsWith(first))
            && site.readable().stream().noneMatch(readable -> readable.startsWith(first));
    return free ? first : INSIDE.get(1);
  }

  /** The HOME of a site on this machine. */
  Path home(SandboxSite site) {
    return site.home().orElseGet(() -> of(site.repository()).resolve("home"));
  }

  Path caches(RepositoryUrl repository) {
    return of(repository).resolve("caches");
  }

  private Path workshop() {
    return folder.resolve("new");
  }

  /**
   * Makes the HOME of a site and the caches, as far as they are missing, and writes files into
   * HOME.
   *
   * @param files their content by their paths relative to HOME
   */
  void prepare(SandboxSite site, Map<Path, String> files) {
    Path caches = caches(site.repository());
    try {
      make(workshop());
      make(home(site));
      for (String name : CACHES.values()) {
        make(caches.resolve(name));
      }
      try (var home = new GuardedFolder(home(site), workshop())) {
        for (Map.Entry<Path, String> cache : CACHES.entrySet()) {
          home.link(cache.getKey(), CACHES_INSIDE.resolve(cache.getValue()));
        }
        for (Map.Entry<Path, String> file : files.entrySet()) {
          home.write(file.getKey(), file.getValue());
        }
      }
    } catch (IOException e) {
      throw new PortException(
          UNAVAILABLE, "could not prepare the HOME of a sandbox: " + e.getMessage(), e);
    }
  }

  private static void make(Path made) throws IOException {
    if (!Files.isDirectory(made)) {
      Files.createDirectories(made, PRIVATE);
    }
  }

  private Path of(RepositoryUrl repository) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(repository.value().getBytes(UTF_8));
      return folder.resolve(HexFormat.of().formatHex(hash, 0, NAME_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
