package io.numa.avatar.backend.project;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The regular files of a tree, by their relative paths. The walk is bounded and follows no symbolic
 * links, because a repository can have any size and a link may point anywhere. Not thread-safe.
 */
final class ProjectTree {
  static final int MAX_DEPTH = 6;
  static final int MAX_ENTRIES = 50_000;

  /** Folders of other people's code, of build output, and of projects that only show something. */
  static final Set<String> LEFT_OUT =
      Set.of(
          ("node_modules bower_components jspm_packages vendor vendored third_party "
                  + "third-party thirdparty 3rdparty external externals extern deps Pods "
                  + "site-packages venv env __pycache__ build dist target out bin obj _build "
                  + "fixtures __fixtures__ testdata test-data template templates example "
                  + "examples sample samples demo demos")
              .split(" "));

  /** Characters that a person may not see in a log, or that no encoding could decode. */
  private static final Pattern UNFIT = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}\\ufffd]");

  private final Path root;
  private final int maxEntries;
  private final List<String> files = new ArrayList<>();
  private int entries;
  private State state = State.UNREAD;

  ProjectTree(Path root, int maxEntries) {
    this.root = root;
    this.maxEntries = maxEntries;
  }

  private enum State {
    UNREAD,
    WHOLE,
    CUT
  }

  private record Folder(Path path, String name, int depth) {}

  /** The paths of the files, separated by {@code /}; those nearer to the root come first. */
  List<String> files() {
    return read(() -> files);
  }

  /** Whether the walk met no limit but that of the depth. */
  boolean isWhole() {
    return read(() -> state == State.WHOLE);
  }

  private <T> T read(Supplier<T> value) {
    if (state == State.UNREAD) {
      state = State.WHOLE;
      walk();
    }
    return value.get();
  }

  private void walk() {
    Queue<Folder> folders = new ArrayDeque<>(List.of(new Folder(root, "", 0)));
    while (!folders.isEmpty() && state == State.WHOLE) {
      folders.addAll(list(folders.remove()));
    }
  }

  private List<Folder> list(Folder folder) {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder.path())) {
      for (Path child : stream) {
        if (++entries > maxEntries) {
          state = State.CUT;
          break;
        }
        children.add(child);
      }
    } catch (IOException | DirectoryIteratorException e) {
      // A folder that cannot be read has no tests that could run.
      return List.of();
    }
    children.sort(null);
    List<Folder> inner = new ArrayList<>();
    for (Path child : children) {
      String name = folder.name() + child.getFileName();
      if (UNFIT.matcher(name).find()) {
        continue;
      }
      if (Files.isRegularFile(child, NOFOLLOW_LINKS)) {
        files.add(name);
      } else if (folder.depth() < MAX_DEPTH && isWalked(child)) {
        inner.add(new Folder(child, name + "/", folder.depth() + 1));
      }
    }
    return inner;
  }

  private static boolean isWalked(Path child) {
    String name = child.getFileName().toString();
    return !name.startsWith(".")
        && !LEFT_OUT.contains(name)
        && Files.isDirectory(child, NOFOLLOW_LINKS);
  }
}
