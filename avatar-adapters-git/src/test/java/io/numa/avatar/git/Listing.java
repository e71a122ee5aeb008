package io.numa.avatar.git;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;

/** All that is in a folder but for {@code .git} in its root: kinds, permissions and contents. */
final class Listing {
  private Listing() {}

  static Map<String, String> of(Path root) throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (var files = Files.walk(root)) {
      for (Path file : files.toList()) {
        String path = root.relativize(file).toString();
        if (!path.equals(Constants.DOT_GIT) && !path.startsWith(Constants.DOT_GIT + "/")) {
          all.put(path, describe(file));
        }
      }
    }
    return all;
  }

  private static String describe(Path file) throws IOException {
    if (Files.isSymbolicLink(file)) {
      return "link to " + Files.readSymbolicLink(file);
    }
    String permissions =
        PosixFilePermissions.toString(Files.getPosixFilePermissions(file, NOFOLLOW_LINKS));
    return Files.isDirectory(file, NOFOLLOW_LINKS)
        ? "folder " + permissions
        : "file " + permissions + " " + Ids.of(Files.readAllBytes(file)).name();
  }
}
