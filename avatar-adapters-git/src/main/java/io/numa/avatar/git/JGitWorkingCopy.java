package io.numa.avatar.git;

import io.numa.avatar.git.internal.objects.GitDirectory;
import io.numa.avatar.git.internal.objects.Packs;
import io.numa.avatar.git.internal.objects.SparsePackRepository;
import io.numa.avatar.git.internal.patch.PatchApplication;
import io.numa.avatar.git.internal.remote.Remote;
import io.numa.avatar.git.internal.support.GitCalls;
import io.numa.avatar.git.internal.support.TreeRoom;
import io.numa.avatar.git.internal.worktree.ContentIndex;
import io.numa.avatar.git.internal.worktree.TreeMeasure;
import io.numa.avatar.git.internal.worktree.TreeObjects;
import io.numa.avatar.git.internal.worktree.TreeReader;
import io.numa.avatar.git.internal.worktree.TreeSnapshot;
import io.numa.avatar.git.internal.worktree.TreeSwitch;
import io.numa.avatar.plan.PatchText;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.BaseCommit;
import io.numa.avatar.port.repository.ChangedPaths;
import io.numa.avatar.port.repository.IgnoredFiles;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.workspace.Change;
import io.numa.avatar.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;

/** A working tree beside the Git directory that commits and pushes it. */
public final class JGitWorkingCopy implements WorkingCopy {
  private final CopyContext context;
  private final BranchPush push;
  private JGitBaseCommit base;

  /**
   * @param context its checkout is closed with the working copy
   * @param contents the content of the files that were checked out
   */
  public JGitWorkingCopy(CopyContext context, Remote.Fetched fetched, ContentIndex contents) {
    this.context = context;
    this.push = new BranchPush(context);
    this.base = new JGitBaseCommit(context, fetched, contents);
  }

  @Override
  public Path directory() {
    return context.checkout().directory();
  }

  @Override
  public Set<Path> borrowed() {
    return GitCalls.local(
        "find the objects of '" + context.branch() + "'",
        () -> GitDirectory.objectFolders(context.checkout().git()));
  }

  @Override
  public BaseCommit base() {
    return base;
  }

  @Override
  public void apply(PatchText patch, Change change) {
    GitCalls.local(
        "apply the patch",
        () -> {
          new PatchApplication(change, base.contents(), context.remote().redactor()).apply(patch);
          return patch;
        });
  }

  @Override
  public JGitStagedChange stage(ChangedPaths changed, long largestFile) {
    return GitCalls.local(
        "read the working tree of '" + context.branch() + "'",
        () -> {
          try (ObjectInserter inserter = Packs.inserter(context.repository())) {
            ContentIndex contents = base.contents();
            ObjectId tree = TreeReader.read(directory(), contents, changed, inserter, largestFile);
            return JGitStagedChange.of(this, base, tree);
          }
        });
  }

  @Override
  public IgnoredFiles ignored() {
    return new JGitIgnoredFiles(directory(), base.contents(), context.checkout().saved());
  }

  /**
   * Checks that the files of a commit are not too large for a tree, before they are read.
   *
   * @throws PortException of kind {@code DENIED} if they are
   */
  void requireRoom(ObjectId commit) throws IOException {
    var room = new TreeRoom(context.remote().settings().largestTree());
    try (ObjectReader objects = context.repository().newObjectReader()) {
      new TreeMeasure(objects, base.contents().cone(), room)
          .take(TreeObjects.treeOf(objects, commit));
    }
  }

  /**
   * Makes another commit the base, and updates the working tree to the change staged on it.
   *
   * @param before the tree that was staged last
   */
  JGitStagedChange moveTo(ObjectId tip, ObjectId tree, ObjectId before) throws IOException {
    SparsePackRepository repository = context.repository();
    ContentIndex contents = base.contents();
    ContentIndex next;
    try (ObjectReader objects = repository.newObjectReader()) {
      ObjectId tipTree = TreeObjects.treeOf(objects, tip);
      next = contents.on(TreeSnapshot.unknown(TreeObjects.read(objects, tipTree, contents.cone())));
      new TreeSwitch(files(), objects, next, before).switchTo(tree);
    }
    LeftTree.note(context.request().home(), context.request().repository(), tip);
    var fetched = new Remote.Fetched(tip, Optional.of(tip), base.fetched().tags());
    base = new JGitBaseCommit(context, fetched, next);
    return JGitStagedChange.of(this, base, tree);
  }

  Workspace files() {
    return Workspace.of(directory(), context.request().home().resolve("switch"));
  }

  CopyContext context() {
    return context;
  }

  BranchPush branchPush() {
    return push;
  }

  @Override
  public void keep() {
    context.checkout().keep();
  }

  @Override
  public void close() {
    push.abort();
    context.checkout().close();
  }
}
