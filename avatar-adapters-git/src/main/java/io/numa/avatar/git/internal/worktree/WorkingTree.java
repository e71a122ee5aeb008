package io.numa.avatar.git.internal.worktree;

import io.numa.avatar.git.internal.lfs.Lfs;
import io.numa.avatar.git.internal.support.Folders;
import io.numa.avatar.git.internal.support.TreeRoom;
import io.numa.avatar.git.settings.SparseCone;
import io.numa.avatar.port.PortException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a checkout, in a folder that may still have the files of a previous one. Not
 * thread-safe.
 */
public final class WorkingTree {
  private static final Logger log = LoggerFactory.getLogger(WorkingTree.class);

  private final Path directory;
  private final boolean keepIgnored;
  private @Nullable TreeSnapshot base;
  private @Nullable TreeScan scan;
  private TreeRoom room = TreeRoom.unlimited();

  private WorkingTree(Path directory, @Nullable TreeSnapshot base, boolean keepIgnored) {
    this.directory = directory;
    this.base = base;
    this.keepIgnored = keepIgnored;
  }

  /** A folder that does not exist yet. */
  public static WorkingTree fresh(Path directory) {
    return new WorkingTree(directory, null, false);
  }

  /**
   * A folder that a previous task has used.
   *
   * @param base the notes about its files
   * @param keepIgnored whether to keep files that the next base commit ignores
   */
  public static WorkingTree used(Path directory, TreeSnapshot base, boolean keepIgnored) {
    return new WorkingTree(directory, base, keepIgnored);
  }

  public Path directory() {
    return directory;
  }

  /** The files that were written last; null if they are not completely known. */
  @Nullable
  public TreeSnapshot base() {
    return base;
  }

  /**
   * Checks which files are unchanged, before the next tree is known. If that fails, all files will
   * be written.
   */
  public void look() throws IOException {
    TreeSnapshot noted = base;
    scan =
        noted != null && TreeScan.isSameRoot(directory, noted)
            ? TreeScan.of(directory, noted)
            : null;
  }

  /**
   * Checks that there is room for all files of a tree; {@link #bring} takes room for the contents
   * of LFS files later.
   *
   * @throws PortException of kind {@code DENIED} if there is not enough
   */
  public void limit(ObjectReader objects, SparseCone cone, ObjectId tree, TreeRoom limit)
      throws IOException {
    room = limit;
    SnapshotFolder there = base == null || scan == null ? null : base.root();
    new TreeMeasure(objects, cone, limit).take(tree, there, "");
  }

  /**
   * Changes the folder to a tree. Does not write files that are right already.
   *
   * @param lfs has the contents of LFS files
   * @param cone the folders of the tree to write
   * @return the written files; the notes about them are reliable only after {@link #settle}
   */
  public SnapshotFolder bring(
      ObjectReader objects, Lfs lfs, SparseCone cone, ObjectId tree, ProgressMonitor monitor)
      throws IOException {
    var writer = new TreeWriter(objects, lfs, cone, keepIgnored, monitor);
    TreeSnapshot noted = base;
    TreeScan looked = scan;
    base = null;
    scan = null;
    if (noted != null && looked != null) {
      try {
        new TreeCleaner(looked).clean(noted.root(), directory);
        return write(noted.root(), tree, writer);
      } catch (IOException e) {
        if (monitor.isCancelled()) {
          throw e;
        }
        log.warn("All files in '{}' are written: {}", directory, e.toString());
      }
    }
    Folders.delete(directory);
    Files.createDirectories(directory);
    return write(SnapshotFolder.empty(), tree, writer);
  }

  private SnapshotFolder write(SnapshotFolder folder, ObjectId tree, TreeWriter writer)
      throws IOException {
    writer.write(folder, tree, directory, room);
    return folder;
  }

  /**
   * Completes the notes after all files were written.
   *
   * @param last a file that was written after all others, in the same file system
   */
  public TreeSnapshot settle(SnapshotFolder written, Path last) throws IOException {
    base = new TreeSnapshot(written, FileStat.of(last).changed());
    return base;
  }
}
