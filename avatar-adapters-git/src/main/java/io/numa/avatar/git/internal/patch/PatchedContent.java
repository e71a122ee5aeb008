package io.numa.avatar.git.internal.patch;

import io.numa.avatar.git.internal.attributes.Content.Writing;
import io.numa.avatar.git.internal.attributes.FolderRules;
import io.numa.avatar.git.internal.attributes.PatternBudget;
import io.numa.avatar.git.internal.patch.PatchedTree.NewFile;
import io.numa.avatar.git.internal.patch.PatchedTree.Node;
import io.numa.avatar.git.internal.patch.PatchedTree.OldFile;
import io.numa.avatar.git.internal.support.BlobIds;
import io.numa.avatar.git.internal.support.LimitedBytes;
import io.numa.avatar.git.internal.worktree.ContentIndex;
import io.numa.avatar.git.internal.worktree.ContentIndex.Known;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.PortException;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.workspace.Change;
import io.numa.avatar.workspace.Draft;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.patch.FileHeader;
import org.eclipse.jgit.patch.FileHeader.PatchType;
import org.jspecify.annotations.Nullable;

/**
 * Computes the content that the header of one file in a diff makes from another content, as Git
 * stores it.
 */
final class PatchedContent {
  private static final byte[] NOTHING = {};

  private final Change change;
  private final ContentIndex contents;
  private final Redactor redactor;
  private final PatternBudget budget = new PatternBudget();

  PatchedContent(Change change, ContentIndex contents, Redactor redactor) {
    this.change = change;
    this.contents = contents;
    this.redactor = redactor;
  }

  /** The file after the header's change. */
  NewFile file(
      FileHeader header,
      WorkspacePath to,
      Optional<WorkspacePath> from,
      @Nullable Node before,
      boolean executable)
      throws IOException {
    Optional<byte[]> inGit = before == null ? Optional.empty() : inGit(before);
    if (inGit.isEmpty()) {
      try {
        Draft content = change.draft();
        try (content) {
          write(header, to, before, null, content);
        }
        ObjectId id = id(content);
        check(header, to, id);
        return new NewFile(content, executable, new Known(id, id));
      } catch (PortException conflict) {
        inGit = Optional.of(fromRules(conflict, from, before));
      }
    }
    return converted(header, to, before, inGit.get(), executable);
  }

  /** The content in Git of a file whose content in the tree was converted; empty if it was not. */
  private Optional<byte[]> inGit(Node before) throws IOException {
    Optional<Known> known =
        before instanceof NewFile file
            ? Optional.of(file.ids())
            : before instanceof OldFile old ? contents.file(old.path().value()) : Optional.empty();
    if (known.isEmpty() || known.get().inGit().equals(known.get().inTree())) {
      return Optional.empty();
    }
    boolean untouched = before instanceof NewFile || id(before).equals(known.get().inTree());
    return untouched ? Optional.of(contents.read(known.get().inGit())) : Optional.empty();
  }

  /**
   * If line ends differ between the tree and the repository, a diff refers to the repository's
   * content.
   */
  private byte[] fromRules(
      PortException conflict, Optional<WorkspacePath> from, @Nullable Node before)
      throws IOException {
    if (conflict.kind() != FailureKind.CONFLICT || from.isEmpty() || before == null) {
      throw conflict;
    }
    WorkspacePath path = from.get();
    Writing inGit =
        FolderRules.of(change.tree(), path, budget)
            .conversion(path.value())
            .checkIn(before::open, contents.inBase(path.value()))
            .orElseThrow(() -> conflict);
    Draft converted = change.draft();
    try (converted) {
      inGit.to(converted);
    }
    try (InputStream in = converted.open()) {
      return PatchedTree.read(in, path);
    }
  }

  private NewFile converted(
      FileHeader header, WorkspacePath to, @Nullable Node before, byte[] inGit, boolean executable)
      throws IOException {
    byte[] result = bytes(header, to, before, inGit);
    ObjectId stored = contents.store(result);
    check(header, to, stored);
    Draft content = change.draft();
    try (content) {
      FolderRules.of(change.tree(), to, budget)
          .conversion(to.value())
          .checkOut(() -> new ByteArrayInputStream(result), stored, content);
    }
    return new NewFile(content, executable, new Known(id(content), stored));
  }

  /** The content after the header's change, which must not exceed the size limit. */
  private byte[] bytes(FileHeader header, WorkspacePath path, @Nullable Node before, byte[] inGit)
      throws IOException {
    Draft result = change.draft();
    try (result) {
      write(header, path, before, inGit, result);
    }
    try (InputStream in = result.open()) {
      return in.readAllBytes();
    }
  }

  /** The link's target or the submodule's line after the header's change. */
  byte[] ofLink(FileHeader header, WorkspacePath path, @Nullable Node before, int limit)
      throws IOException {
    var bytes =
        new LimitedBytes(
            limit,
            () ->
                PatchConflict.invalid("the new content of '" + path + "' is too long for a link"));
    write(header, path, before, null, bytes);
    check(header, path, BlobIds.of(bytes.toByteArray()));
    return bytes.toByteArray();
  }

  /**
   * Writes the content after the header's change.
   *
   * @param inGit the content before the change, if it differs from that of {@code before}
   */
  private void write(
      FileHeader header,
      WorkspacePath path,
      @Nullable Node before,
      byte @Nullable [] inGit,
      OutputStream out)
      throws IOException {
    if (header.getPatchType() != PatchType.UNIFIED) {
      var binary = new BinaryHunks(path, header);
      byte[] old = inGit != null || binary.isDelta() ? all(path, before, inGit) : NOTHING;
      binary.apply(old, inGit != null || binary.isDelta() ? BlobIds.of(old) : id(before), out);
    } else if (!header.getHunks().isEmpty()) {
      new TextHunks(path, header.getHunks(), header.getOldId(), redactor)
          .apply(all(path, before, inGit), out);
    } else {
      try (InputStream in = open(before, inGit)) {
        in.transferTo(out);
      }
    }
  }

  private static void check(FileHeader header, WorkspacePath path, ObjectId result) {
    if (header.getPatchType() != PatchType.UNIFIED) {
      new BinaryHunks(path, header).check(result);
    }
  }

  private static InputStream open(@Nullable Node before, byte @Nullable [] inGit)
      throws IOException {
    if (inGit != null) {
      return new ByteArrayInputStream(inGit);
    }
    return before == null ? InputStream.nullInputStream() : before.open();
  }

  private static byte[] all(WorkspacePath path, @Nullable Node before, byte @Nullable [] inGit)
      throws IOException {
    if (inGit != null) {
      return inGit;
    }
    return before == null ? NOTHING : before.bytes(path);
  }

  private static ObjectId id(@Nullable Node node) throws IOException {
    if (node == null) {
      return ObjectId.zeroId();
    }
    long size = 0;
    try (InputStream in = node.open()) {
      size = in.transferTo(OutputStream.nullOutputStream());
    }
    try (InputStream in = node.open()) {
      return BlobIds.of(in, size);
    }
  }

  private static ObjectId id(Draft content) throws IOException {
    try (InputStream in = content.open()) {
      return BlobIds.of(in, content.size());
    }
  }

  /** Throws if a file to be deleted has more content than the patch deletes. */
  void requireNothingLeft(FileHeader header, WorkspacePath path, Node before) throws IOException {
    try {
      write(header, path, before, inGit(before).orElse(null), nothing(path));
    } catch (PortException conflict) {
      byte[] inGit = fromRules(conflict, Optional.of(path), before);
      write(header, path, before, inGit, nothing(path));
    }
  }

  private static OutputStream nothing(WorkspacePath path) {
    return new LimitedBytes(
        0,
        () ->
            PatchConflict.at(path, "the patch deletes it, but it has more content than the patch"));
  }
}
