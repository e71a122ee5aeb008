package io.numa.avatar.workspace;

import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.workspace.Entry.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The files of a workspace, for reading. Only the last name of a path may be a symbolic link;
 * {@link #follow} makes such paths. Not thread-safe.
 */
public final class Tree {
  /** The most links to follow, which is Linux's own limit. */
  private static final int MAX_LINKS = 40;

  private final Path root;
  private final Folder top;

  Tree(Path root, Folder top) {
    this.root = root;
    this.top = top;
  }

  /**
   * The entry at a path, if there is one.
   *
   * @throws WorkspaceException if a link is on the way
   */
  public Optional<Entry> find(WorkspacePath path) throws IOException {
    return find(path.segments());
  }

  private Optional<Entry> find(List<String> names) throws IOException {
    try (Folder folder = folder(above(names))) {
      return folder.find(name(names)).map(Entry::of);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Optional.empty();
    }
  }

  /** Opens the file at a path. */
  public InputStream open(WorkspacePath path) throws IOException {
    try (Folder folder = folder(above(path))) {
      return folder.read(name(path));
    }
  }

  /**
   * Reads the file at a path.
   *
   * @throws WorkspaceException if it has more than {@code limit} bytes
   */
  public byte[] read(WorkspacePath path, int limit) throws IOException {
    try (Folder folder = folder(above(path))) {
      long size = folder.attributes(name(path)).size();
      if (size > limit) {
        throw WorkspaceException.conflict(
            "'" + path + "' is too large: more than " + (limit >> 20) + " MiB");
      }
      return read(folder, path, (int) size);
    }
  }

  /** Reads into a single array, because two copies of a large file may not fit into memory. */
  private static byte[] read(Folder folder, WorkspacePath path, int size) throws IOException {
    byte[] content = new byte[size];
    try (InputStream in = folder.read(name(path))) {
      if (in.readNBytes(content, 0, size) < size || in.read() >= 0) {
        throw WorkspaceException.conflict("'" + path + "' changed while it was read");
      }
    }
    return content;
  }

  /** The text of the link at a path. A slash at its end is dropped. */
  public byte[] linkTarget(WorkspacePath path) throws IOException {
    return linkTarget(path.segments());
  }

  private byte[] linkTarget(List<String> names) throws IOException {
    try (Folder folder = folder(above(names))) {
      return folder.linkTarget(name(names));
    }
  }

  /** The paths of a folder's entries, sorted. */
  public List<WorkspacePath> children(WorkspacePath path) throws IOException {
    List<WorkspacePath> children = new ArrayList<>();
    try (Folder folder = folder(path.segments())) {
      for (Path name : folder.names()) {
        children.add(child(path, name));
      }
    }
    children.sort((one, other) -> one.value().compareTo(other.value()));
    return children;
  }

  private static WorkspacePath child(WorkspacePath folder, Path name) throws WorkspaceException {
    String text = WorkspacePath.decode(FileNames.bytes(name));
    byte[] path = WorkspacePath.encode(folder.value() + "/" + text);
    try {
      return WorkspacePath.ofGit(path);
    } catch (IllegalArgumentException e) {
      throw WorkspaceException.denied(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Resolves the links in a path, except in its last name.
   *
   * @throws WorkspaceException of kind {@code DENIED} if a link leads out of the workspace, or to a
   *     missing entry
   */
  public WorkspacePath follow(WorkspacePath path) throws IOException {
    var way = new Way(path);
    List<String> names = path.segments();
    way.walk(names.subList(0, names.size() - 1), false);
    way.names.add(names.get(names.size() - 1));
    return way.end().orElseThrow();
  }

  /** Resolves the links in a path, including its last name; empty for the workspace itself. */
  public Optional<WorkspacePath> followToEnd(WorkspacePath path) throws IOException {
    var way = new Way(path);
    way.walk(path.segments(), false);
    return way.end();
  }

  /** Opens a folder by the names of its path. */
  Folder folder(List<String> names) throws IOException {
    Folder folder = top.again();
    for (String name : names) {
      try (Folder above = folder) {
        folder = below(above, name);
      }
    }
    return folder;
  }

  private static Folder below(Folder folder, String segment) throws IOException {
    Path name = fileName(segment);
    if (folder.attributes(name).isSymbolicLink()) {
      throw WorkspaceException.denied(
          "a symbolic link is on the way: '" + folder.path().resolve(name) + "'");
    }
    return folder.folder(name);
  }

  static List<String> above(WorkspacePath path) {
    return above(path.segments());
  }

  private static List<String> above(List<String> names) {
    return names.subList(0, names.size() - 1);
  }

  static Path name(WorkspacePath path) {
    return name(path.segments());
  }

  private static Path name(List<String> names) {
    return fileName(names.get(names.size() - 1));
  }

  private static Path fileName(String segment) {
    return FileNames.of(WorkspacePath.encode(segment));
  }

  /** Resolves a path link by link. */
  private final class Way {
    private final WorkspacePath asked;
    private final List<String> names = new ArrayList<>();
    private int links;

    Way(WorkspacePath asked) {
      this.asked = asked;
    }

    /**
     * @param linked whether the names come from a link, whose target must exist
     */
    void walk(List<String> ahead, boolean linked) throws IOException {
      for (String name : ahead) {
        if (name.equals("..")) {
          goUp();
          continue;
        }
        names.add(name);
        Optional<Entry> here = find(names);
        if (here.isEmpty() && linked) {
          throw denied("goes through a link that leads nowhere");
        }
        if (here.isPresent() && here.get().kind() == Kind.LINK) {
          followLink();
        }
      }
    }

    private void followLink() throws IOException {
      links++;
      if (links > MAX_LINKS) {
        throw denied("goes through a link that leads nowhere");
      }
      String target = WorkspacePath.decode(linkTarget(names));
      names.remove(names.size() - 1);
      if (target.startsWith("/")) {
        String here = WorkspacePath.decode(FileNames.bytes(root)) + "/";
        if (!(target + "/").startsWith(here)) {
          throw leadsOut();
        }
        names.clear();
        target = (target + "/").substring(here.length());
      }
      walk(
          Arrays.stream(target.split("/"))
              .filter(name -> !name.isEmpty() && !name.equals("."))
              .toList(),
          true);
    }

    private void goUp() throws WorkspaceException {
      if (names.isEmpty()) {
        throw leadsOut();
      }
      names.remove(names.size() - 1);
    }

    /** The resolved path. Refuses a path into a Git directory, to which a link may have led. */
    Optional<WorkspacePath> end() throws WorkspaceException {
      if (names.isEmpty()) {
        return Optional.empty();
      }
      try {
        return Optional.of(WorkspacePath.ofGit(WorkspacePath.encode(String.join("/", names))));
      } catch (IllegalArgumentException e) {
        throw leadsOut();
      }
    }

    private WorkspaceException leadsOut() {
      return denied("leads out of the workspace through a link");
    }

    private WorkspaceException denied(String problem) {
      return WorkspaceException.denied("the path '" + asked + "' " + problem);
    }
  }
}
