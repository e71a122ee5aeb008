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
   * @param scratch a folder for temporary files, on the same file system as the root and outside of
   *     it; created if it is missing
   * @param guarded the paths that no change may touch
   * @param largestFile the most bytes of a file that a change writes
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
   * Begins a change. Only one change may be open at a time.
   *
   * @throws WorkspaceException if the root is no longer a folder, or is a link
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
   * Finds the folder at {@code path}. Follows links that stay inside the workspace.
   *
   * @return an absolute path; the workspace does not restrict a program that starts there
   * @throws WorkspaceException if it leads out of the workspace, or is not a folder
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
   * Checks that the root still exists.
   *
   * @return an absolute path, as {@link #folder}
   * @throws WorkspaceException if it is no longer a folder, or is a link
   */
  public Path folder() throws IOException {
    open(root).close();
    return root;
  }

  /** Empties the scratch folder, because a command may have put files there. */
  private Folder emptyScratch() throws IOException {
    if (!Files.exists(scratch, NOFOLLOW_LINKS)) {
      PrivateFolders.make(scratch);
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
