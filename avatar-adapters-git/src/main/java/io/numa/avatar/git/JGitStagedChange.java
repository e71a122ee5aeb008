package io.numa.avatar.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.git.internal.objects.Packs;
import io.numa.avatar.git.internal.remote.Remote;
import io.numa.avatar.git.internal.support.GitCalls;
import io.numa.avatar.git.internal.support.Stopwatch;
import io.numa.avatar.git.internal.worktree.AdditionsReader;
import io.numa.avatar.git.internal.worktree.DiffWriter;
import io.numa.avatar.git.internal.worktree.TreeChanges;
import io.numa.avatar.git.internal.worktree.TreeSwitch;
import io.numa.avatar.git.settings.GitIdentity;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.CommandRunner.OutputSink;
import io.numa.avatar.port.repository.ChangedFile;
import io.numa.avatar.port.repository.LocalCommit;
import io.numa.avatar.port.repository.StagedChange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;

/** A Git tree that was read from the working tree, or that a merge made. */
final class JGitStagedChange implements StagedChange {
  private final JGitWorkingCopy copy;
  private final JGitBaseCommit base;
  private final ObjectId tree;
  private final List<ChangedFile> changes;

  private JGitStagedChange(
      JGitWorkingCopy copy, JGitBaseCommit base, ObjectId tree, List<ChangedFile> changes) {
    this.copy = copy;
    this.base = base;
    this.tree = tree;
    this.changes = changes;
  }

  static JGitStagedChange of(JGitWorkingCopy copy, JGitBaseCommit base, ObjectId tree)
      throws IOException {
    List<ChangedFile> changes =
        TreeChanges.between(copy.context().repository(), base.files(), tree, base.contents().lfs());
    return new JGitStagedChange(copy, base, tree, changes);
  }

  @Override
  public List<ChangedFile> changes() {
    return changes;
  }

  @Override
  public void diff(OutputStream out) throws IOException {
    DiffWriter.write(context().repository(), base.files(), tree, out);
  }

  @Override
  public void added(Function<WorkspacePath, OutputSink> files) {
    GitCalls.local(
        "read the change of '" + context().branch() + "'",
        () -> {
          new AdditionsReader(context().repository(), base.contents().lfs(), files)
              .read(base.files(), tree);
          return tree;
        });
  }

  @Override
  public void restoreTree() {
    GitCalls.local(
        "restore the tree of '" + context().branch() + "'",
        () -> {
          try (ObjectReader objects = context().repository().newObjectReader()) {
            new TreeSwitch(copy.files(), objects, base.contents(), tree).restore();
            return tree;
          }
        });
  }

  @Override
  public Path checkOut() {
    Path folder = context().request().home().resolve("change").toAbsolutePath();
    return GitCalls.local(
        "write the files of the change of '" + context().branch() + "'",
        () -> {
          var written =
              new Remote.Fetched(
                  insert(unsigned("The change")), base.fetched().tip(), base.fetched().tags());
          context()
              .checkout()
              .writeInto(
                  folder, base.contents().lfs(), context().request(), context().remote(), written);
          return folder;
        });
  }

  @Override
  public void preparePush() {
    copy.branchPush().prepare(base.fetched().commit());
  }

  @Override
  public LocalCommit commit(String message) {
    try (var watch = Stopwatch.start(context().remote().settings(), "commit")) {
      return GitCalls.local(
          "commit to '" + context().branch() + "'",
          () -> new JGitLocalCommit(copy, this, insert(signed(message))));
    }
  }

  private ObjectId insert(CommitBuilder commit) throws IOException {
    return Packs.insert(context().repository(), commit);
  }

  private CommitBuilder signed(String message) throws IOException {
    CommitBuilder commit = unsigned(message);
    context().remote().settings().features().sign(commit, context().clock().instant());
    return commit;
  }

  private CommitBuilder unsigned(String message) {
    GitSettings settings = context().remote().settings();
    GitIdentity identity = settings.identity();
    Clock clock = context().clock();
    var person =
        new PersonIdent(identity.name(), identity.email(), clock.instant(), clock.getZone());
    var commit = new CommitBuilder();
    commit.setTreeId(tree);
    commit.setParentId(base.fetched().commit());
    commit.setAuthor(person);
    commit.setCommitter(person);
    commit.setEncoding(UTF_8);
    commit.setMessage(message.endsWith("\n") ? message : message + "\n");
    return commit;
  }

  private CopyContext context() {
    return copy.context();
  }

  JGitBaseCommit base() {
    return base;
  }

  ObjectId tree() {
    return tree;
  }
}
