package io.numa.avatar.cli.hostile;

import static java.nio.file.FileVisitResult.CONTINUE;
import static java.nio.file.FileVisitResult.SKIP_SUBTREE;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Files and folders that no plan may touch, and a check whether one did. */
final class Canaries {
  static final String SONG = "the canary sings\n";

  private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\S*Z ");

  private Canaries() {}

  /** Creates a folder with a canary in it. */
  static void settle(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("nest"));
    Path canary = Files.writeString(folder.resolve("canary.txt"), SONG);
    Files.setPosixFilePermissions(canary, PosixFilePermissions.fromString("rw-r-----"));
    Files.setLastModifiedTime(canary, FileTime.from(Instant.parse("2020-01-02T03:04:05Z")));
    Files.writeString(folder.resolve("nest/egg.txt"), "an egg\n");
    Files.createSymbolicLink(folder.resolve("link"), Path.of("nest/egg.txt"));
  }

  /**
   * The state of a folder's entries: kinds, modes, times, bytes.
   *
   * @param busy files and folders that are left out; the folders above them may change their times
   */
  static Map<String, String> look(Path folder, Set<Path> busy) throws IOException {
    var seen = new TreeMap<String, String>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes)
              throws IOException {
            boolean changes = busy.stream().anyMatch(one -> one.startsWith(at));
            if (busy.contains(at)) {
              return SKIP_SUBTREE;
            }
            seen.put(folder.relativize(at) + "/", changes ? "busy" : stamp(at, attributes));
            return CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path at, BasicFileAttributes attributes)
              throws IOException {
            if (!busy.contains(at)) {
              seen.put(folder.relativize(at).toString(), stamp(at, attributes) + content(at));
            }
            return CONTINUE;
          }
        });
    return seen;
  }

  /** The same without times. */
  static Map<String, String> lookAtContents(Path folder) throws IOException {
    Map<String, String> seen = look(folder, Set.of());
    seen.replaceAll((name, what) -> TIME.matcher(what).replaceFirst(""));
    return seen;
  }

  private static String stamp(Path at, BasicFileAttributes attributes) throws IOException {
    if (attributes.isSymbolicLink()) {
      return "link";
    }
    var posix = Files.readAttributes(at, PosixFileAttributes.class);
    return PosixFilePermissions.toString(posix.permissions())
        + " "
        + posix.owner()
        + " "
        + posix.lastModifiedTime()
        + " ";
  }

  private static String content(Path at) throws IOException {
    if (Files.isSymbolicLink(at)) {
      return " -> " + Files.readSymbolicLink(at);
    }
    return Base64.getEncoder().encodeToString(Files.readAllBytes(at));
  }
}
