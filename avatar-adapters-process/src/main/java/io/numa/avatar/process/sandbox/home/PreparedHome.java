package io.numa.avatar.process.sandbox.home;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A HOME as it was prepared.
 *
 * @param files their content by their paths relative to HOME
 * @param looks how the files look, to notice that a process has changed one
 */
record PreparedHome(Map<Path, String> files, List<Look> looks) {
  /**
   * How a file looks.
   *
   * @param key tells it from other files; null if there is none
   */
  private record Look(@Nullable Object key, long size, FileTime changed) {
    static final Look MISSING = new Look(null, 0, FileTime.fromMillis(0));
  }

  static PreparedHome of(Path home, Map<Path, String> files) {
    return new PreparedHome(files, looks(home, files));
  }

  boolean stands(Path home, Map<Path, String> newFiles) {
    return files.equals(newFiles) && looks.equals(looks(home, newFiles));
  }

  private static List<Look> looks(Path home, Map<Path, String> files) {
    return files.keySet().stream().sorted().map(home::resolve).map(PreparedHome::look).toList();
  }

  private static Look look(Path file) {
    try {
      var found = Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
      return new Look(found.fileKey(), found.size(), found.lastModifiedTime());
    } catch (IOException e) {
      return Look.MISSING;
    }
  }
}
