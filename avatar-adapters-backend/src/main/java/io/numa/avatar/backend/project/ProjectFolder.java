package io.numa.avatar.backend.project;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder that may hold a project. Reads only regular files, as a link may point anywhere.
 *
 * @param name its path in the tree, with a {@code /} at the end; empty for the tree's root
 */
record ProjectFolder(Path path, ProjectTree tree, String name) {
  private static final int MAX_BYTES = 1 << 20;

  /** How many files a question reads at most. */
  private static final int MAX_READ = 200;

  static ProjectFolder rootOf(Path root) {
    return new ProjectFolder(root, new ProjectTree(root, ProjectTree.MAX_ENTRIES), "");
  }

  /** A folder below the root. */
  ProjectFolder below(String folder) {
    return new ProjectFolder(path.resolve(folder), tree, folder);
  }

  boolean has(String file) {
    return Files.isRegularFile(path.resolve(file), NOFOLLOW_LINKS);
  }

  boolean hasAny(String... files) {
    return Stream.of(files).anyMatch(this::has);
  }

  boolean hasFolder(String folder) {
    return Files.isDirectory(path.resolve(folder), NOFOLLOW_LINKS);
  }

  boolean isExecutable(String file) {
    return Files.isExecutable(path.resolve(file));
  }

  /** Whether a file directly in the folder has a name that fits the pattern. */
  boolean hasLike(String glob) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path, glob)) {
      for (Path file : files) {
        if (Files.isRegularFile(file, NOFOLLOW_LINKS)) {
          return true;
        }
      }
      return false;
    } catch (IOException | DirectoryIteratorException e) {
      return false;
    }
  }

  /** The paths of the files below the folder whose path fits the expression, relative to it. */
  Stream<String> files(Pattern wanted) {
    return tree.files().stream()
        .filter(file -> file.startsWith(name))
        .map(file -> file.substring(name.length()))
        .filter(file -> wanted.matcher(file).matches());
  }

  boolean hasBelow(Pattern wanted) {
    return files(wanted).findAny().isPresent();
  }

  /** Whether one of the files below the folder that fit has a line that fits. */
  boolean says(Pattern wanted, Pattern line) {
    return files(wanted).limit(MAX_READ).anyMatch(file -> says(file, line));
  }

  /** Whether the file has a line in which the expression is found. */
  boolean says(String file, Pattern line) {
    return lines(file).stream().anyMatch(text -> line.matcher(text).find());
  }

  /** Whether a line of the file begins with {@code words}, not counting white space. */
  boolean says(String file, String words) {
    return lines(file).stream().anyMatch(text -> text.strip().startsWith(words));
  }

  List<String> lines(String file) {
    return text(file).lines().toList();
  }

  /** The first {@link #MAX_BYTES} of a file; empty if there is none. */
  String text(String file) {
    if (!has(file)) {
      return "";
    }
    try (InputStream in = Files.newInputStream(path.resolve(file), NOFOLLOW_LINKS)) {
      return new String(in.readNBytes(MAX_BYTES), UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
