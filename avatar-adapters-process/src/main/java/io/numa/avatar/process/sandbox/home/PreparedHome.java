package io.numa.avatar.process.sandbox.home;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;

/**
 * A HOME as it was prepared.
 *
 * @param files their content by their paths relative to HOME
 * @param looks how the files look, to notice that a process has changed one
 */
record PreparedHome(Map<Path, String> files, List<String> looks) {
  static PreparedHome of(Path home, Map<Path, String> files) {
    return new PreparedHome(files, looks(home, files));
  }

  boolean stands(Path home, Map<Path, String> newFiles) {
    return files.equals(newFiles) && looks.equals(looks(home, newFiles));
  }

  private static List<String> looks(Path home, Map<Path, String> files) {
    return files.keySet().stream().sorted().map(home::resolve).map(PreparedHome::look).toList();
  }

  private static String look(Path file) {
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
      return attributes.fileKey() + " " + attributes.size() + attributes.lastModifiedTime();
    } catch (IOException e) {
      return "missing";
    }
  }
}
