package io.numa.avatar.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.CommandRunner.OutputSink;
import io.numa.avatar.port.repository.ChangedFile;
import io.numa.avatar.port.repository.ChangedFile.Kind;
import io.numa.avatar.port.repository.LocalCommit;
import io.numa.avatar.port.repository.StagedChange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.patch.FileHeader;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** A tree in memory. */
final class InMemoryStagedChange implements StagedChange {
  private final InMemoryWorkingCopy copy;
  private final InMemoryBaseCommit base;
  private final ObjectId tree;
  private final Repository repository;

  InMemoryStagedChange(InMemoryWorkingCopy copy, InMemoryBaseCommit base, ObjectId tree) {
    this.copy = copy;
    this.base = base;
    this.tree = tree;
    this.repository = base.context().repository();
  }

  @Override
  public List<ChangedFile> changes() {
    List<ChangedFile> changes = new ArrayList<>();
    try (var walk = new TreeWalk(repository)) {
      walk.setRecursive(true);
      walk.setFilter(TreeFilter.ANY_DIFF);
      walk.addTree(base.files());
      walk.addTree(tree);
      while (walk.next()) {
        boolean blob = walk.getFileMode(1).getObjectType() == Constants.OBJ_BLOB;
        long size = blob ? repository.open(walk.getObjectId(1)).getSize() : 0;
        changes.add(new ChangedFile(WorkspacePath.ofGit(walk.getRawPath()), size, kind(walk)));
      }
      return changes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Kind kind(TreeWalk walk) {
    if (walk.getFileMode(0).equals(FileMode.MISSING)) {
      return Kind.ADDED;
    }
    return walk.getFileMode(1).equals(FileMode.MISSING) ? Kind.DELETED : Kind.CHANGED;
  }

  @Override
  public void diff(OutputStream out) throws IOException {
    try (var formatter = new DiffFormatter(out)) {
      formatter.setRepository(repository);
      formatter.format(base.files(), tree);
      formatter.flush();
    }
  }

  @Override
  public void added(Function<WorkspacePath, OutputSink> files) {
    try (var formatter = new DiffFormatter(OutputStream.nullOutputStream())) {
      formatter.setRepository(repository);
      List<DiffEntry> entries = formatter.scan(base.files(), tree);
      var gone = entries.stream().map(entry -> entry.getOldId().toObjectId()).toList();
      for (DiffEntry entry : entries) {
        if (entry.getChangeType() != DiffEntry.ChangeType.DELETE) {
          byte[] added = added(formatter.toFileHeader(entry), entry, gone);
          files.apply(new WorkspacePath(entry.getNewPath())).write(added, 0, added.length);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] added(FileHeader header, DiffEntry entry, List<ObjectId> gone) throws IOException {
    var added = new ByteArrayOutputStream();
    if (entry.getChangeType() == DiffEntry.ChangeType.ADD) {
      added.writeBytes((entry.getNewPath() + "\n").getBytes(UTF_8));
    }
    ObjectId id = entry.getNewId().toObjectId();
    if (entry.getNewMode().getObjectType() != Constants.OBJ_BLOB || gone.contains(id)) {
      return added.toByteArray();
    }
    byte[] content = repository.open(id).getBytes();
    boolean lines =
        header.getPatchType() == FileHeader.PatchType.UNIFIED
            && entry.getChangeType() == DiffEntry.ChangeType.MODIFY
            && !entry.getNewMode().equals(FileMode.SYMLINK);
    if (lines) {
      var text = new RawText(content);
      for (Edit edit : header.toEditList()) {
        String part = text.getString(edit.getBeginB(), edit.getEndB(), true);
        added.writeBytes((part.isEmpty() ? "" : part + "\n").getBytes(UTF_8));
      }
    } else {
      added.writeBytes(content);
    }
    return added.toByteArray();
  }

  @Override
  public void restoreTree() {
    try {
      new FolderRestore(repository, base.context().files()).restore(tree, base.files());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Path checkOut() {
    Path folder = base.context().request().home().resolve("change").toAbsolutePath();
    try {
      FolderFiles.delete(folder);
      base.context().files().write(tree, folder);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public LocalCommit commit(String message) {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      PersonIdent author = base.context().author().get();
      var commit = new CommitBuilder();
      commit.setTreeId(tree);
      commit.setParentId(InMemoryContext.id(base.id()));
      commit.setAuthor(author);
      commit.setCommitter(author);
      commit.setMessage(message.endsWith("\n") ? message : message + "\n");
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      return new InMemoryLocalCommit(copy, this, id);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  InMemoryBaseCommit base() {
    return base;
  }

  ObjectId tree() {
    return tree;
  }
}
