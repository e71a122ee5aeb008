package io.numa.avatar.port.repository;

import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.CommandRunner.OutputSink;
import io.numa.avatar.port.PortException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * The change to be committed on a base commit. Later changes of the tree do not alter it. Not
 * thread-safe.
 */
public interface StagedChange {
  /** Gives the files that differ from the base commit, sorted by path. */
  List<ChangedFile> changes();

  /** Writes the difference to the base commit, as a Git diff. */
  void diff(OutputStream out) throws IOException;

  /**
   * Reads the additions of the change, file by file in the order of {@link #changes}. For a new
   * file, that is its path and a line end first. Then come the added lines of a text file, or the
   * whole content of another file, or the target of a link. A file that was only moved adds its new
   * path. A file that was only deleted adds nothing.
   *
   * @param files opens the sink for the additions of a file, given the file's path
   * @throws PortException of kind {@code UNAVAILABLE} if the change cannot be read
   */
  void added(Function<WorkspacePath, OutputSink> files);

  /**
   * Restores the tree to the staged state: it restores files that tests changed or removed, and
   * removes untracked files. Ignored files, the state folders of coding agents and the folders of
   * submodules stay, as in {@link WorkingCopy#stage}. The ignore rules are those at the time of
   * staging.
   *
   * @throws PortException of kind {@code UNAVAILABLE} if the tree could not be restored
   */
  void restoreTree();

  /**
   * Announces that the change may soon be committed and pushed, so that an adapter can already
   * prepare the push with the remote, for a few seconds. A failure of the preparation shows only in
   * {@link LocalCommit#push}. May be called again.
   */
  default void preparePush() {}

  /**
   * Writes the files of the base commit with this change, and a disposable {@code .git} whose HEAD
   * has the change as its last commit, into a separate folder. Nothing in this folder is ever
   * staged. Each call writes the folder again. Closing the working copy removes it.
   *
   * @return the folder, an absolute path
   * @throws PortException of kind {@code UNAVAILABLE} if the folder could not be written
   */
  Path checkOut();

  /** Commits the change, as one commit on top of the base commit. */
  LocalCommit commit(String message);
}
