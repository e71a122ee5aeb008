package io.numa.avatar.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.numa.avatar.plan.WorkspacePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A working tree with changes that are in memory until all of them are known to be possible. No
 * symbolic link is followed.
 */
final class PatchedTree {
  private final Path root;
  private final Map<WorkspacePath, Optional<Node>> before = new LinkedHashMap<>();
  private final Map<WorkspacePath, Optional<Node>> after = new LinkedHashMap<>();

  PatchedTree(Path root) {
    this.root = root;
  }

  /**
   * A file or a symbolic link.
   *
   * @param bytes its content, or its target
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Node(byte[] bytes, boolean link, boolean executable) {}

  /** What is at a path on disk; empty if there is no file or link. */
  Optional<Node> original(WorkspacePath path) throws IOException {
    boolean reachable = isReachable(path);
    if (!before.containsKey(path)) {
      before.put(path, reachable ? read(at(path)) : Optional.empty());
    }
    return before.getOrDefault(path, Optional.empty());
  }

  /** What is at a path once all that was put so far is done. */
  Optional<Node> current(WorkspacePath path) throws IOException {
    Optional<Node> original = original(path);
    return after.getOrDefault(path, original);
  }

  /** Whether something was put there. */
  boolean isPlanned(WorkspacePath path) {
    return after.containsKey(path);
  }

  /** Plans a file or link, or, if empty, the absence of any. */
  void put(WorkspacePath path, Optional<Node> node) throws IOException {
    original(path);
    after.put(path, node);
  }

  /** Does all that was planned; if it cannot be done, puts back what was there. */
  void write() throws IOException {
    for (var change : after.entrySet()) {
      if (change.getValue().isPresent()) {
        requireRoom(change.getKey());
      }
    }
    try {
      write(after);
    } catch (IOException e) {
      try {
        write(before);
      } catch (IOException notRestored) {
        e.addSuppressed(notRestored);
      }
      throw e;
    }
  }

  private void write(Map<WorkspacePath, Optional<Node>> nodes) throws IOException {
    for (WorkspacePath path : nodes.keySet()) {
      if (isFile(at(path))) { // a folder goes with the last of its files
        Files.delete(at(path));
        deleteEmptyParents(path);
      }
    }
    for (var node : nodes.entrySet()) {
      if (node.getValue().isPresent()) {
        write(at(node.getKey()), node.getValue().get());
      }
    }
  }

  private static void write(Path file, Node node) throws IOException {
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    if (node.link()) {
      Files.createSymbolicLink(file, GitPaths.of(node.bytes()));
    } else {
      Files.write(Files.createFile(file), node.bytes());
      if (node.executable()) {
        Executable.set(file, true);
      }
    }
  }

  private void deleteEmptyParents(WorkspacePath path) throws IOException {
    Path folder = at(path).getParent();
    while (folder != null && !folder.equals(root) && Folders.children(folder).isEmpty()) {
      Files.delete(folder);
      folder = folder.getParent();
    }
  }

  private static Optional<Node> read(Path file) throws IOException {
    if (Files.isSymbolicLink(file)) {
      return Optional.of(new Node(GitPaths.bytes(Files.readSymbolicLink(file)), true, false));
    }
    if (Files.isRegularFile(file, NOFOLLOW_LINKS)) {
      boolean executable = Executable.is(Folders.attributes(file));
      return Optional.of(new Node(Files.readAllBytes(file), false, executable));
    }
    return Optional.empty();
  }

  /** Whether only folders lead to a path; links may do so if the patch deletes them. */
  private boolean isReachable(WorkspacePath path) {
    Path at = root;
    for (String name : path.segments()) {
      if (Files.isSymbolicLink(at) && !at.equals(root)) {
        if (goes(at)) {
          return false;
        }
        throw PatchConflict.denied(path, "a symbolic link is on the way to it");
      }
      at = GitPaths.resolve(at, name.getBytes(UTF_8));
    }
    return true;
  }

  private boolean goes(Path file) {
    return after.entrySet().stream()
        .anyMatch(change -> change.getValue().isEmpty() && at(change.getKey()).equals(file));
  }

  /** A file needs folders above it, and none in its place, once the rest is done. */
  private void requireRoom(WorkspacePath path) throws IOException {
    Path folder = at(path).getParent();
    for (; folder != null && !folder.equals(root); folder = folder.getParent()) {
      if (comes(folder) || (isFile(folder) && !goes(folder))) {
        throw PatchConflict.at(
            path, "'" + root.relativize(folder) + "' is a file, but has to be a folder");
      }
    }
    if (Files.isDirectory(at(path), NOFOLLOW_LINKS)) {
      requireAllGoes(path);
    }
  }

  private boolean comes(Path file) {
    return after.entrySet().stream()
        .anyMatch(change -> change.getValue().isPresent() && at(change.getKey()).equals(file));
  }

  private static boolean isFile(Path path) {
    return Files.exists(path, NOFOLLOW_LINKS) && !Files.isDirectory(path, NOFOLLOW_LINKS);
  }

  private void requireAllGoes(WorkspacePath path) throws IOException {
    try (Stream<Path> inside = Files.walk(at(path))) {
      if (inside.noneMatch(
          file -> Files.isDirectory(file, NOFOLLOW_LINKS) ? isEmpty(file) : !goes(file))) {
        return;
      }
    }
    throw PatchConflict.at(path, "it is a folder, and not all in it is deleted");
  }

  private static boolean isEmpty(Path folder) {
    try {
      return Folders.children(folder).isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path at(WorkspacePath path) {
    return GitPaths.resolve(root, path.value().getBytes(UTF_8));
  }
}
