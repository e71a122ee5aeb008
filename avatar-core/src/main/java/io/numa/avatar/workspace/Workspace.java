package io.numa.avatar.workspace;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.numa.avatar.plan.WorkspacePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;

/** The files of one task, and the way to change them. Not thread-safe. */
public final class Workspace {
  private final Path root;
  private final Path scratch;
  private final ProtectedPaths guarded;
  private final long largestFile;

  /**
   * @param root an existing folder
   * @param scratch a folder for files on their way in or out, on the same file system as the root
   *     and outside of it; made if it is missing
   * @param guarded the paths that no change may touch
   * @param largestFile how many bytes a file may have at most that a change writes
   */
  public Workspace(Path root, Path scratch, ProtectedPaths guarded, long largestFile) {
    this.root = root.toAbsolutePath();
    this.scratch = scratch.toAbsolutePath();
    this.guarded = guarded;
    this.largestFile = largestFile;
  }

  /** A workspace without protected paths, and with files of any size. */
  public static Workspace of(Path root, Path scratch) {
    return new Workspace(root, scratch, ProtectedPaths.NONE, Long.MAX_VALUE);
  }

  public Path root() {
    return root;
  }

  /**
   * Begins a change; one at a time.
   *
   * @throws WorkspaceException if the root is no folder any more, or a link
   */
  public Change begin() throws IOException {
    Folder top = open(root);
    try {
      return new Change(root, top, emptyScratch(), guarded, largestFile);
    } catch (IOException e) {
      top.close();
      throw e;
    }
  }

  /**
   * Finds the folder that {@code path} stands for, through links that stay inside.
   *
   * @return an absolute path; a program that starts there decides by itself where it goes
   * @throws WorkspaceException if it leads out, or is no folder
   */
  public Path folder(WorkspacePath path) throws IOException {
    try (Folder top = open(root)) {
      var tree = new Tree(root, top);
      Optional<WorkspacePath> place = tree.followToEnd(path);
      if (place.isEmpty()) {
        return root;
      }
      if (tree.find(place.get()).filter(Entry::isFolder).isEmpty()) {
        throw WorkspaceException.conflict("there is no folder '" + path + "'");
      }
      return FileNames.resolve(root, place.get().bytes());
    }
  }

  /**
   * Makes sure that the root is still there.
   *
   * @return an absolute path, as of {@link #folder}
   * @throws WorkspaceException if it is no folder any more, or a link
   */
  public Path folder() throws IOException {
    open(root).close();
    return root;
  }

  /** A command may have put something there. */
  private Folder emptyScratch() throws IOException {
    if (!Files.exists(scratch, NOFOLLOW_LINKS)) {
      Files.createDirectories(scratch);
    }
    Folder folder = open(scratch);
    try {
      for (Path name : folder.names()) {
        folder.delete(name);
      }
      return folder;
    } catch (IOException e) {
      folder.close();
      throw e;
    }
  }

  private static Folder open(Path folder) throws IOException {
    try {
      return Folder.open(folder);
    } catch (NoSuchFileException | NotDirectoryException e) {
      throw WorkspaceException.denied("'" + folder + "' is no folder any more");
    }
  }
}
