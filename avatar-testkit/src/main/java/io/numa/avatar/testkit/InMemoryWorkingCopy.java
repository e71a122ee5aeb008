package io.numa.avatar.testkit;

import io.numa.avatar.plan.PatchText;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.BaseCommit;
import io.numa.avatar.port.repository.ChangedPaths;
import io.numa.avatar.port.repository.IgnoredFiles;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.workspace.Change;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.patch.FileHeader;
import org.eclipse.jgit.patch.Patch;
import org.eclipse.jgit.patch.PatchApplier;
import org.eclipse.jgit.revwalk.RevWalk;

/** A working copy in a real folder. It commits directly to a repository in memory. */
final class InMemoryWorkingCopy implements WorkingCopy {
  private final InMemoryContext context;
  private final FolderFiles files;
  private InMemoryBaseCommit base;
  private boolean kept;

  InMemoryWorkingCopy(InMemoryContext context, CommitId base, Optional<CommitId> tip) {
    this.context = context;
    this.files = context.files();
    this.base = new InMemoryBaseCommit(context, base, tip);
  }

  @Override
  public Path directory() {
    return files.directory();
  }

  @Override
  public BaseCommit base() {
    return base;
  }

  /** Writes the base commit's files. */
  void write() throws IOException {
    files.write(base.files(), directory());
  }

  @Override
  public void apply(PatchText patch, Change change) {
    Repository repository = context.repository();
    var parsed = new Patch();
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      parsed.parse(new ByteArrayInputStream(patch.diff()));
      if (parsed.getFiles().isEmpty() || !parsed.getErrors().isEmpty()) {
        throw new PortException(
            FailureKind.INVALID_PLAN, "could not apply the patch: it is no Git diff");
      }
      parsed.getFiles().forEach(InMemoryWorkingCopy::requireInside);
      DirCache before = files.read(base.files(), inserter);
      ObjectId tree = before.writeTree(inserter);
      inserter.flush();
      try (var walk = new RevWalk(repository)) {
        PatchApplier.Result result =
            new PatchApplier(repository, walk.parseTree(tree), inserter).applyPatch(parsed);
        if (!result.getErrors().isEmpty()) {
          throw new PortException(
              FailureKind.CONFLICT, "could not apply the patch: " + result.getErrors());
        }
        inserter.flush();
        files.change(before, files.entries(result.getTreeId()), change);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requireInside(FileHeader file) {
    for (String path : new String[] {file.getOldPath(), file.getNewPath()}) {
      try {
        if (!path.equals(DiffEntry.DEV_NULL)) {
          new WorkspacePath(path);
        }
      } catch (IllegalArgumentException e) {
        throw new PortException(
            FailureKind.DENIED, "could not apply the patch: " + e.getMessage(), e);
      }
    }
  }

  @Override
  public InMemoryStagedChange stage(ChangedPaths changed, long largestFile) {
    try {
      return new InMemoryStagedChange(this, base, files.readTree(base.files()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public IgnoredFiles ignored() {
    return new InMemoryIgnoredFiles(context, base.files());
  }

  /** Makes another commit the base, and updates the folder to the tree staged on it. */
  InMemoryStagedChange moveTo(CommitId tip, ObjectId tree, InMemoryStagedChange before)
      throws IOException {
    files.bring(before.tree(), tree, base.files());
    base = new InMemoryBaseCommit(context, tip, Optional.of(tip));
    return new InMemoryStagedChange(this, base, tree);
  }

  @Override
  public void keep() {
    kept = true;
  }

  @Override
  public void close() {
    if (kept) {
      return;
    }
    try {
      FolderFiles.delete(context.request().home());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
