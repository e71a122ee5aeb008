package io.numa.avatar.process.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.port.sandbox.SandboxSite;
import io.numa.avatar.task.RepositoryUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The HOME of each repository. It is kept between tasks, as caches of packages are in it.
 *
 * @param folder where they are kept
 */
record Homes(Path folder) {
  /** Where a HOME is seen; the second where the first is in the way. */
  static final List<Path> INSIDE = List.of(Path.of("/home/agent"), Path.of("/home/sandbox"));

  /** For folders that only the avatar's user may enter. */
  static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private static final int NAME_BYTES = 16;

  /** Where the HOME of a site is seen. */
  static Path inside(SandboxSite site) {
    Path first = INSIDE.get(0);
    boolean free =
        !site.tree().startsWith(first)
            && site.home().stream().noneMatch(home -> home.startsWith(first))
            && site.readable().stream().noneMatch(readable -> readable.startsWith(first));
    return free ? first : INSIDE.get(1);
  }

  /** The HOME of a site on this machine, which is made if it does not exist. */
  Path of(SandboxSite site) {
    return site.home().orElseGet(() -> of(site.repository()));
  }

  /** The HOME of a repository, which is made if it does not exist. */
  Path of(RepositoryUrl repository) {
    Path home = folder.resolve(name(repository)).resolve("home");
    try {
      if (!Files.isDirectory(home)) {
        Files.createDirectories(home, PRIVATE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return home;
  }

  private static String name(RepositoryUrl repository) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(repository.value().getBytes(UTF_8));
      return HexFormat.of().formatHex(hash, 0, NAME_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
