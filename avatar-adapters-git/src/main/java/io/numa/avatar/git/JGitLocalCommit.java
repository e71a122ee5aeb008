package io.numa.avatar.git;

import io.numa.avatar.git.internal.objects.SparsePackRepository;
import io.numa.avatar.git.internal.remote.Rescue;
import io.numa.avatar.git.internal.remote.ThreeWayMerge;
import io.numa.avatar.git.internal.remote.UpstreamSearch;
import io.numa.avatar.git.internal.support.GitCalls;
import io.numa.avatar.git.internal.support.GitFailures;
import io.numa.avatar.git.internal.support.Stopwatch;
import io.numa.avatar.git.internal.worktree.PatchMail;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.LocalCommit;
import io.numa.avatar.port.repository.PatchNotes;
import io.numa.avatar.port.repository.Replayed;
import io.numa.avatar.port.repository.RescuedCommit;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.time.Interrupts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/** A commit in the Git directory of its working copy. */
final class JGitLocalCommit implements LocalCommit {
  private final JGitWorkingCopy copy;
  private final JGitStagedChange change;
  private final ObjectId commit;
  private boolean pushed;

  JGitLocalCommit(JGitWorkingCopy copy, JGitStagedChange change, ObjectId commit) {
    this.copy = copy;
    this.change = change;
    this.commit = commit;
  }

  @Override
  public CommitId id() {
    return new CommitId(commit.name());
  }

  @Override
  public PatchNotes writePatch(OutputStream out) throws IOException {
    List<String> options =
        PatchMail.write(context().repository(), change.base().files(), commit, out);
    return new PatchNotes(options, change.base().contents().lfs().staged());
  }

  @Override
  public void push() throws InterruptedException {
    if (!pushed) {
      try (var watch = measure("push")) {
        copy.branchPush().push(commit, change.base());
      }
      pushed = true;
    }
  }

  @Override
  public Replayed replay(Attempt attempt) throws InterruptedException {
    var request = context().request();
    String action =
        "replay the change on '" + request.branch() + "' of '" + request.repository() + "'";
    try (var watch = measure("replay")) {
      return GitCalls.interruptibly(
          action, request.repository(), () -> replay(attempt, context().repository(), action));
    }
  }

  private Stopwatch measure(String operation) {
    return Stopwatch.start(context().remote().settings(), operation);
  }

  private Replayed replay(Attempt attempt, SparsePackRepository repository, String action)
      throws IOException, InterruptedException {
    ObjectId tip = fetchTip(repository, action);
    copy.requireRoom(tip);
    var landed = new UpstreamSearch(repository, Optional.of(change.base().fetched().commit()), tip);
    Optional<CommitId> ours = landed.ofAttempt(attempt, id());
    var merge = new ThreeWayMerge(repository, action, context().remote().redactor());
    String shown = merge.line(tip);
    if (ours.isPresent()) {
      return new Replayed.Landed(shown, ours.get());
    }
    ObjectId merged = merge.of(change.base().files(), commit, tip);
    Interrupts.check();
    JGitStagedChange next = copy.moveTo(tip, merged, change.tree());
    Optional<CommitId> same =
        next.changes().isEmpty() ? landed.ofTask(attempt) : Optional.<CommitId>empty();
    return same.isPresent()
        ? new Replayed.Landed(shown, same.get())
        : new Replayed.Staged(shown, next);
  }

  private ObjectId fetchTip(SparsePackRepository repository, String action) throws IOException {
    ObjectId base = change.base().fetched().commit();
    return context()
        .remote()
        .fetcher()
        .fetchSince(repository, context().branch(), base, context().monitor())
        .orElseThrow(
            () ->
                new PortException(
                    FailureKind.PUSH_REJECTED,
                    "could not " + action + ": the branch was deleted meanwhile"));
  }

  @Override
  public RescuedCommit rescue(Attempt attempt, Path fallback) throws InterruptedException {
    Interrupts.check();
    try (var watch = measure("rescue")) {
      return new Rescue(context().repository(), context().remote(), context().monitor())
          .park(commit, attempt, fallback);
    } catch (IOException | RuntimeException e) {
      Interrupts.check();
      throw GitFailures.translate("park the commit " + commit.name(), e);
    }
  }

  private CopyContext context() {
    return copy.context();
  }
}
