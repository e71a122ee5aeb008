package io.numa.avatar.port.repository;

import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.CommandRunner.OutputSink;
import io.numa.avatar.port.PortException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Function;

/**
 * What is to be committed on a base commit. Later changes of the tree do not alter it. For one
 * thread.
 */
public interface StagedChange {
  /** Gives the files that differ from the base commit, sorted by path. */
  List<ChangedFile> changes();

  /** Writes the difference to the base commit, as a Git diff. */
  void diff(OutputStream out) throws IOException;

  /**
   * Reads what the change adds, file by file in the order of {@link #changes}: the path of a new
   * file and a line end, then the lines that were added to a text, or else the whole of a file or
   * of where a link points. A file that was only moved adds its new path, one that was only deleted
   * nothing.
   *
   * @param files opens, by the file's path, what its additions are written to
   * @throws PortException of kind {@code UNAVAILABLE} if the change cannot be read
   */
  void added(Function<WorkspacePath, OutputSink> files);

  /**
   * Brings the tree back to what was staged: files that tests changed or removed come back,
   * untracked files go. Ignored files, the state folders of coding agents and the folders of
   * submodules stay, as of {@link WorkingCopy#stage}. What is ignored is what was so when the
   * change was staged.
   *
   * @throws PortException of kind {@code UNAVAILABLE} if the tree could not be brought back
   */
  void restoreTree();

  /**
   * Announces that the change is about to be committed and pushed: the remote may be asked already
   * for what it takes. No failure of that shows before {@link LocalCommit#push}.
   */
  default void preparePush() {}

  /** Commits the change, as one commit on top of the base commit. */
  LocalCommit commit(String message);
}
