package io.numa.avatar.port;

import io.numa.avatar.plan.PatchText;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.CommandRunner.OutputSink;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.TreeId;
import io.numa.avatar.workspace.Change;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A checked out branch of a repository, for one task and one thread.
 *
 * <p>Its tree may be changed by anybody in any way, hostile ones too: what is committed and pushed
 * is ruled by a Git directory that lies elsewhere. The {@code .git} in the tree is a disposable
 * one.
 */
public interface WorkingCopy extends AutoCloseable {
  /** The root of the tree, an absolute path. */
  Path directory();

  /** The commit that was checked out, or on which the work was replayed since. */
  CommitId base();

  /** The id of that commit's files. */
  TreeId baseTree();

  /**
   * Writes that commit's files into a folder of their own, with a disposable {@code .git} as well.
   * Nothing in it is ever staged; it is removed with the working copy, and made anew by each call.
   *
   * @return the folder, an absolute path
   * @throws PortException of kind {@code UNAVAILABLE} if it could not be written
   */
  Path checkOutBase();

  /**
   * Applies a Git diff to the tree, exactly.
   *
   * @param change of this copy's files, which the diff becomes a part of
   * @throws PortException of kind {@code INVALID_PLAN} if it is no diff, {@code DENIED} if it names
   *     a path outside the tree, in a Git directory or a protected one, {@code CONFLICT} if it does
   *     not fit; the change must not be kept then
   */
  void apply(PatchText patch, Change change);

  /** Takes the tree as {@link #stage(Touched, long)} does, all of it, with files of any size. */
  default boolean stage() {
    return stage(Touched.ANYWHERE, Long.MAX_VALUE);
  }

  /**
   * Takes the tree as it is now for what is to be committed; later changes do not count, unless it
   * is staged again. Ignored files and the state folders of coding agents are left out.
   *
   * @param touched where to look; elsewhere it may be taken for what was checked out
   * @param largestFile how many bytes a changed file may have; a larger one may be refused before
   *     it is read, as it may be larger than any disk
   * @return whether it differs from the base commit
   * @throws PortException of kind {@code DENIED} if the tree holds what must not be committed, such
   *     as a repository of its own
   */
  boolean stage(Touched touched, long largestFile);

  /**
   * Lists a folder of the tree and all beneath, where what is in them is known without reading
   * them: nothing was put there or taken away since the checkout, though files may have been
   * written over.
   *
   * @param folder an absolute path
   * @param wanted the names of the files to list; called by several threads
   * @return absolute paths, in no order; empty where the folder itself has to be read
   */
  default Optional<FolderListing> list(Path folder, Predicate<String> wanted) throws IOException {
    return Optional.empty();
  }

  /** Gives the files whose staged state differs from the base commit, sorted by path. */
  List<ChangedFile> changes();

  /** Writes the difference of what is staged to the base commit, as a Git diff. */
  void diff(OutputStream out) throws IOException;

  /**
   * Reads what the staged change adds, file by file in the order of {@link #changes}: the path of a
   * new file and a line end, then the lines that were added to a text, or else the whole of a file
   * or of where a link points. A file that was only moved adds its new path, one that was only
   * deleted nothing.
   *
   * @param files opens, by the file's path, what its additions are written to
   * @throws PortException of kind {@code UNAVAILABLE} if the change cannot be read
   */
  void readAdded(Function<WorkspacePath, OutputSink> files);

  /**
   * Says that what is staged is about to be committed and pushed: the remote may be asked already
   * for what it takes. Nothing that goes wrong with that shows before {@link #push}.
   */
  default void expectPush() {}

  /** Commits what is staged, as one commit on top of the base commit. */
  CommitId commit(String message);

  /**
   * Pushes the commit to the branch, and returns once the remote has acknowledged it. Never forces:
   * the branch must be where it was when its base was fetched. Pushing again is safe.
   *
   * @throws BranchMovedException if the branch is elsewhere
   * @throws PortException of kind {@code PUSH_REJECTED} with the remote's own words if it was
   *     refused, {@code UNAUTHORIZED}, or {@code UNAVAILABLE}
   * @throws InterruptedException if the thread was interrupted; it may have been pushed
   */
  void push() throws InterruptedException;

  /**
   * Fetches where the branch stands now, and replays the commit there: the base's files, the
   * branch's and ours are merged, files of text line by line as Git does. What comes of that is
   * staged, with the branch's tip as its base, and the files of the tree are brought to it; what
   * nobody tracks stays in the tree. It is to be committed anew then.
   *
   * @param attempt whose commit it is, by which it is known where it has landed already
   * @throws PortException of kind {@code CONFLICT} if both sides changed the same, with the files
   *     and both sides' commits, {@code PUSH_REJECTED} if the branch is gone, else as of {@link
   *     Repository#checkOut}; what was staged and committed stays then, and can be parked
   */
  Replayed replay(Attempt attempt) throws InterruptedException;

  /**
   * Keeps the commit that was made last, which cannot be pushed to its branch, where the working
   * copy's end does not reach it: on the remote, as {@code refs/numa/parked/<task>/<attempt>}, else
   * under that name in a repository on this machine.
   *
   * @param fallback that repository, a bare one; made if it is missing
   * @throws PortException of kind {@code UNAVAILABLE} if it could not be kept there either
   */
  Parked park(Attempt attempt, Path fallback) throws InterruptedException;

  /** Has the working copy's files left in place when it is closed. */
  default void keep() {}

  /** Removes the working copy's folder and everything in it. Does not throw if that fails. */
  @Override
  void close();
}
