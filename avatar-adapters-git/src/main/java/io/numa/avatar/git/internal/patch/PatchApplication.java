package io.numa.avatar.git.internal.patch;

import io.numa.avatar.git.internal.patch.PatchedTree.Link;
import io.numa.avatar.git.internal.patch.PatchedTree.NewFile;
import io.numa.avatar.git.internal.patch.PatchedTree.Node;
import io.numa.avatar.git.internal.patch.PatchedTree.OldFile;
import io.numa.avatar.git.internal.patch.PatchedTree.Pointer;
import io.numa.avatar.git.internal.support.ByteArrays;
import io.numa.avatar.git.internal.support.LinkTargets;
import io.numa.avatar.git.internal.worktree.ContentIndex;
import io.numa.avatar.plan.PatchText;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.workspace.Change;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.diff.DiffEntry.ChangeType;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.patch.BinaryHunk;
import org.eclipse.jgit.patch.CombinedFileHeader;
import org.eclipse.jgit.patch.FileHeader;
import org.eclipse.jgit.patch.FormatError;
import org.eclipse.jgit.patch.Patch;
import org.jspecify.annotations.Nullable;

/**
 * Applies one Git diff to a working tree, exactly or not at all.
 *
 * <p>JGit parses it, but does not apply it: its {@code PatchApplier} (measured with 7.6 and 7.8)
 * loses the executable bit of files that are only renamed, fails on CRLF, writes symbolic links as
 * files, and leaves half of a patch behind.
 */
public final class PatchApplication {
  private final ContentIndex contents;
  private final PatchedContent content;
  private final PatchedTree tree;
  private final Set<WorkspacePath> movedAway = new HashSet<>();

  /**
   * @param redactor hides secrets in the lines that messages show
   */
  public PatchApplication(Change change, ContentIndex contents, Redactor redactor) {
    this.contents = contents;
    this.content = new PatchedContent(change, contents, redactor);
    this.tree = new PatchedTree(change, contents);
  }

  public void apply(PatchText text) throws IOException {
    List<? extends FileHeader> files = parse(text.diff()).getFiles();
    for (FileHeader file : files) {
      if (file.getChangeType() == ChangeType.RENAME) {
        names(file, text.strip()).before().ifPresent(movedAway::add);
      }
    }
    for (FileHeader file : files) {
      apply(file, text.strip());
    }
    tree.write();
  }

  private static Patch parse(byte[] diff) {
    var patch = new Patch();
    boolean ended = diff.length == 0 || diff[diff.length - 1] == '\n';
    byte[] lines = HunkBoundaries.marked(ended ? diff : ByteArrays.join(diff, new byte[] {'\n'}));
    try {
      patch.parse(lines, 0, lines.length);
    } catch (RuntimeException e) { // JGit throws several kinds
      throw PatchConflict.invalid("an id or a mode in the header of a file is damaged");
    }
    for (FormatError error : patch.getErrors()) {
      throw PatchConflict.invalid(error.getMessage() + " at '" + error.getLineText().strip() + "'");
    }
    if (patch.getFiles().isEmpty()) {
      throw PatchConflict.invalid("it is not a Git diff, or changes no file");
    }
    return patch;
  }

  private void apply(FileHeader header, int strip) throws IOException {
    if (header instanceof CombinedFileHeader) {
      throw PatchConflict.invalid("it is the diff of a merge, with several sides");
    }
    var names = names(header, strip);
    boolean add = header.getChangeType() == ChangeType.ADD;
    boolean delete = header.getChangeType() == ChangeType.DELETE;
    Optional<WorkspacePath> from = add ? Optional.empty() : names.before();
    Optional<WorkspacePath> to = delete ? Optional.empty() : names.after();
    if ((from.isEmpty() && !add) || (to.isEmpty() && !delete)) {
      throw PatchConflict.invalid("it does not say which file it changes");
    }
    Optional<Node> before = from.isEmpty() ? Optional.empty() : source(header, from.get());
    Optional<Node> after = Optional.empty();
    if (to.isPresent()) {
      after = Optional.of(changed(header, to.get(), from, before));
    } else {
      content.requireNothingLeft(header, from.orElseThrow(), before.orElseThrow());
    }
    boolean leaves =
        header.getChangeType() == ChangeType.RENAME && !tree.isPlanned(from.orElseThrow());
    if (delete || leaves) {
      tree.put(from.orElseThrow(), Optional.empty());
    }
    if (to.isPresent()) {
      requireFree(header, to.get());
      tree.put(to.get(), after);
    }
  }

  private static PatchNames names(FileHeader header, int strip) {
    if (!header.getHunks().isEmpty()) {
      return PatchNames.of(header, header.getHunks().get(0).getStartOffset(), true, strip);
    }
    BinaryHunk binary = header.getForwardBinaryHunk();
    return binary == null
        ? PatchNames.of(header, header.getEndOffset(), false, strip)
        : PatchNames.of(header, binary.getStartOffset(), true, strip);
  }

  /**
   * The content before the change. Renames and copies read the original tree, so that a diff may
   * swap two files.
   */
  private Optional<Node> source(FileHeader header, WorkspacePath from) throws IOException {
    boolean moved =
        header.getChangeType() == ChangeType.RENAME || header.getChangeType() == ChangeType.COPY;
    Optional<Node> node = moved ? tree.original(from) : tree.current(from);
    if (node.isEmpty()) {
      throw PatchConflict.at(from, "there is no such file");
    }
    requireType(header, from, node.get());
    return node;
  }

  private static void requireType(FileHeader header, WorkspacePath path, Node before) {
    FileMode mode = header.getOldMode();
    if (mode == null) {
      return;
    }
    if (before instanceof Link != FileMode.SYMLINK.equals(mode)) {
      throw PatchConflict.at(
          path, before instanceof Link ? "it is a symbolic link" : "it is no symbolic link");
    }
    if (before instanceof Pointer != FileMode.GITLINK.equals(mode)) {
      throw PatchConflict.at(
          path, before instanceof Pointer ? "it is a submodule" : "it is no submodule");
    }
  }

  private void requireFree(FileHeader header, WorkspacePath to) throws IOException {
    boolean fresh = header.getChangeType() != ChangeType.MODIFY;
    boolean leaving = movedAway.contains(to) && !tree.isPlanned(to);
    if (fresh && !leaving && tree.current(to).isPresent()) {
      throw PatchConflict.at(to, "it exists already");
    }
  }

  /** The file, link or submodule after the header's change. */
  private Node changed(
      FileHeader header, WorkspacePath to, Optional<WorkspacePath> from, Optional<Node> before)
      throws IOException {
    FileMode mode = modeAfter(header, before);
    @Nullable Node old = before.orElse(null);
    if (FileMode.SYMLINK.equals(mode)) {
      return link(to, content.ofLink(header, to, old, LinkTargets.LONGEST));
    }
    if (FileMode.GITLINK.equals(mode)) {
      return Pointer.parse(content.ofLink(header, to, old, LinkTargets.LONGEST), to);
    }
    return content.file(header, to, from, old, FileMode.EXECUTABLE_FILE.equals(mode));
  }

  /**
   * The mode after the change. A changed mode counts; the mode on the index line is only
   * informative.
   */
  private static FileMode modeAfter(FileHeader header, Optional<Node> before) {
    FileMode now = header.getNewMode();
    if (before.isEmpty() || (now != null && !now.equals(header.getOldMode()))) {
      return now == null ? FileMode.REGULAR_FILE : now;
    }
    if (before.get() instanceof Link) {
      return FileMode.SYMLINK;
    }
    if (before.get() instanceof Pointer) {
      return FileMode.GITLINK;
    }
    return isExecutable(before.get()) ? FileMode.EXECUTABLE_FILE : FileMode.REGULAR_FILE;
  }

  private static boolean isExecutable(Node node) {
    return node instanceof OldFile old
        ? old.entry().executable()
        : node instanceof NewFile file && file.executable();
  }

  private Link link(WorkspacePath path, byte[] target) throws IOException {
    String name = path.segments().get(path.segments().size() - 1);
    if (name.toLowerCase(Locale.ROOT).equals(".gitmodules")) {
      throw PatchConflict.denied(path, "Git does not take a link for it");
    }
    Optional<String> problem = LinkTargets.problem(target);
    if (problem.isPresent()) {
      throw PatchConflict.invalid("the link '" + path + "' " + problem.get());
    }
    return new Link(target, contents.store(target));
  }
}
