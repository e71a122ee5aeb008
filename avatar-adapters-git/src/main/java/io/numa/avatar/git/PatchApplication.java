package io.numa.avatar.git;

import io.numa.avatar.plan.PatchText;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.PortException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.diff.DiffEntry.ChangeType;
import org.eclipse.jgit.lib.CoreConfig.EolStreamType;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.patch.CombinedFileHeader;
import org.eclipse.jgit.patch.FileHeader;
import org.eclipse.jgit.patch.FileHeader.PatchType;
import org.eclipse.jgit.patch.FormatError;
import org.eclipse.jgit.patch.Patch;
import org.eclipse.jgit.util.io.EolStreamTypeUtil;

/**
 * Applies one Git diff to a working tree, exactly or not at all.
 *
 * <p>JGit parses it, but does not apply it: its {@code PatchApplier} (measured with 7.6 and 7.8)
 * loses the executable bit of files that are only renamed, fails on CRLF, writes symbolic links as
 * files, and leaves half of a patch behind.
 */
final class PatchApplication {
  private final Path root;
  private final PatchedTree tree;
  private final Set<WorkspacePath> movedAway = new HashSet<>();

  PatchApplication(Path root) {
    this.root = root;
    this.tree = new PatchedTree(root);
  }

  void apply(PatchText text) throws IOException {
    List<? extends FileHeader> files = parse(text.diff()).getFiles();
    for (FileHeader file : files) {
      if (file.getChangeType() == ChangeType.RENAME) {
        PatchNames.of(file, endOfHeader(file), text.strip()).before().ifPresent(movedAway::add);
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
    byte[] lines = ended ? diff : Bytes.join(diff, new byte[] {'\n'});
    patch.parse(lines, 0, lines.length);
    for (FormatError error : patch.getErrors()) {
      throw PatchConflict.invalid(error.getMessage() + " at '" + error.getLineText().strip() + "'");
    }
    if (patch.getFiles().isEmpty()) {
      throw PatchConflict.invalid("it is no Git diff, or changes no file");
    }
    return patch;
  }

  private void apply(FileHeader header, int strip) throws IOException {
    if (header instanceof CombinedFileHeader) {
      throw PatchConflict.invalid("it is the diff of a merge, with several sides");
    }
    var names = PatchNames.of(header, endOfHeader(header), strip);
    boolean add = header.getChangeType() == ChangeType.ADD;
    boolean delete = header.getChangeType() == ChangeType.DELETE;
    Optional<WorkspacePath> from = add ? Optional.empty() : names.before();
    Optional<WorkspacePath> to = delete ? Optional.empty() : names.after();
    if ((from.isEmpty() && !add) || (to.isEmpty() && !delete)) {
      throw PatchConflict.invalid("it does not say which file it changes");
    }
    WorkspacePath path = to.or(() -> from).orElseThrow();
    requireNoSubmodule(header, path);
    Optional<PatchedTree.Node> before =
        from.isEmpty() ? Optional.empty() : source(header, from.get());
    requireType(header, path, before);
    byte[] content = content(header, path, before.map(PatchedTree.Node::bytes).orElse(new byte[0]));
    if (delete && content.length > 0) {
      throw PatchConflict.at(path, "it is to be deleted, but holds more than the patch knows");
    }
    boolean leaves =
        header.getChangeType() == ChangeType.RENAME && !tree.isPlanned(from.orElseThrow());
    if (delete || leaves) {
      tree.put(from.orElseThrow(), Optional.empty());
    }
    if (to.isPresent()) {
      requireFree(header, to.get());
      tree.put(to.get(), Optional.of(node(header, before, content)));
    }
  }

  private static int endOfHeader(FileHeader header) {
    if (!header.getHunks().isEmpty()) {
      return header.getHunks().get(0).getStartOffset();
    }
    return header.getForwardBinaryHunk() == null
        ? header.getEndOffset()
        : header.getForwardBinaryHunk().getStartOffset();
  }

  private static void requireNoSubmodule(FileHeader header, WorkspacePath path) {
    if (FileMode.GITLINK.equals(header.getOldMode())
        || FileMode.GITLINK.equals(header.getNewMode())) {
      throw PatchConflict.invalid("'" + path + "' is a submodule, which no patch may change yet");
    }
  }

  /** Renames and copies start from the tree as it was, so that a diff may swap two files. */
  private Optional<PatchedTree.Node> source(FileHeader header, WorkspacePath from)
      throws IOException {
    boolean moved =
        header.getChangeType() == ChangeType.RENAME || header.getChangeType() == ChangeType.COPY;
    Optional<PatchedTree.Node> node = moved ? tree.original(from) : tree.current(from);
    if (node.isEmpty()) {
      throw PatchConflict.at(from, "there is no such file");
    }
    return node;
  }

  private static void requireType(
      FileHeader header, WorkspacePath path, Optional<PatchedTree.Node> before) {
    if (before.isEmpty() || header.getOldMode() == null) {
      return;
    }
    if (before.get().link() != FileMode.SYMLINK.equals(header.getOldMode())) {
      throw PatchConflict.at(
          path, before.get().link() ? "it is a symbolic link" : "it is no symbolic link");
    }
  }

  private byte[] content(FileHeader header, WorkspacePath path, byte[] before) throws IOException {
    if (header.getPatchType() != PatchType.UNIFIED) {
      return new BinaryHunks(path, header).apply(before);
    }
    if (header.getHunks().isEmpty()) {
      return before;
    }
    var hunks = new TextHunks(path, header.getHunks());
    try {
      return hunks.apply(before);
    } catch (PortException asItIs) {
      var rules = FolderRules.of(root, path);
      if (rules.checkIn(path.value()) == EolStreamType.DIRECT) {
        throw asItIs;
      }
      return applyConverted(hunks, rules, path, before);
    }
  }

  /** Where line ends differ between the tree and the repository, a diff is of the latter. */
  private static byte[] applyConverted(
      TextHunks hunks, FolderRules rules, WorkspacePath path, byte[] before) throws IOException {
    var in = new ByteArrayInputStream(before);
    byte[] stored =
        EolStreamTypeUtil.wrapInputStream(in, rules.checkIn(path.value())).readAllBytes();
    var result = new ByteArrayOutputStream();
    try (var out = EolStreamTypeUtil.wrapOutputStream(result, rules.checkOut(path.value()))) {
      out.write(hunks.apply(stored));
    }
    return result.toByteArray();
  }

  private void requireFree(FileHeader header, WorkspacePath to) throws IOException {
    boolean fresh = header.getChangeType() != ChangeType.MODIFY;
    boolean leaving = movedAway.contains(to) && !tree.isPlanned(to);
    if (fresh && !leaving && tree.current(to).isPresent()) {
      throw PatchConflict.at(to, "it exists already");
    }
  }

  /** A mode counts where the diff changes it; the one on its index line only describes. */
  private static PatchedTree.Node node(
      FileHeader header, Optional<PatchedTree.Node> before, byte[] content) {
    FileMode now = header.getNewMode();
    if (now == null || now.equals(header.getOldMode())) {
      boolean link = before.map(PatchedTree.Node::link).orElse(false);
      boolean executable = before.map(PatchedTree.Node::executable).orElse(false);
      return new PatchedTree.Node(content, link, executable);
    }
    return new PatchedTree.Node(
        content, FileMode.SYMLINK.equals(now), FileMode.EXECUTABLE_FILE.equals(now));
  }
}
