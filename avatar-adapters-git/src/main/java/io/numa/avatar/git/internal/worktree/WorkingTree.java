package io.numa.avatar.git.internal.worktree;

import io.numa.avatar.git.internal.lfs.Lfs;
import io.numa.avatar.git.internal.support.Folders;
import io.numa.avatar.git.settings.SparseCone;
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
 * The files of a checkout, in a folder that may have the files of an earlier one. Not thread-safe.
 */
public final class WorkingTree {
  private static final Logger log = LoggerFactory.getLogger(WorkingTree.class);

  private final Path directory;
  private final boolean keepIgnored;
  private @Nullable TreeSnapshot base;
  private @Nullable TreeScan scan;

  private WorkingTree(Path directory, @Nullable TreeSnapshot base, boolean keepIgnored) {
    this.directory = directory;
    this.base = base;
    this.keepIgnored = keepIgnored;
  }

  /** A folder that is not there yet. */
  public static WorkingTree fresh(Path directory) {
    return new WorkingTree(directory, null, false);
  }

  /**
   * A folder that was used before.
   *
   * @param base what was noted of it
   * @param keepIgnored whether files stay that the next base commit ignores
   */
  public static WorkingTree used(Path directory, TreeSnapshot base, boolean keepIgnored) {
    return new WorkingTree(directory, base, keepIgnored);
  }

  public Path directory() {
    return directory;
  }

  /** What was written last; null if that is not known as a whole. */
  @Nullable
  public TreeSnapshot base() {
    return base;
  }

  /**
   * Checks which files are unchanged, before it is known what to write. If that fails, all files
   * are written.
   */
  public void look() throws IOException {
    TreeSnapshot noted = base;
    scan =
        noted != null && TreeScan.isSameRoot(directory, noted)
            ? TreeScan.of(directory, noted)
            : null;
  }

  /**
   * Brings the folder to a tree. Files that are right already stay.
   *
   * @param lfs has the contents of some files
   * @param cone what of the tree is written
   * @return what was written, of which nothing is vouched for before {@link #settle}
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
    writer.write(folder, tree, directory);
    return folder;
  }

  /**
   * Ends the writing.
   *
   * @param last a file that was written after all others, in the same file system
   */
  public TreeSnapshot settle(SnapshotFolder written, Path last) throws IOException {
    base = new TreeSnapshot(written, FileStat.of(last).changed());
    return base;
  }
}
