package io.numa.avatar.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.BranchMovedException;
import io.numa.avatar.port.repository.LocalCommit;
import io.numa.avatar.port.repository.PatchNotes;
import io.numa.avatar.port.repository.Replayed;
import io.numa.avatar.port.repository.RescuedCommit;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.fixture.SeededRepository.LogEntry;
import io.numa.avatar.time.Interrupts;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.merge.ResolveMerger;

/** A commit in memory that is on no branch yet. */
final class InMemoryLocalCommit implements LocalCommit {
  private final InMemoryWorkingCopy copy;
  private final InMemoryStagedChange change;
  private final InMemoryContext context;
  private final ObjectId commit;
  private boolean pushed;

  InMemoryLocalCommit(InMemoryWorkingCopy copy, InMemoryStagedChange change, ObjectId commit) {
    this.copy = copy;
    this.change = change;
    this.context = change.base().context();
    this.commit = commit;
  }

  @Override
  public CommitId id() {
    return new CommitId(commit.name());
  }

  @Override
  public PatchNotes writePatch(OutputStream out) throws IOException {
    out.write(("From " + commit.name() + " Mon Sep 17 00:00:00 2001\n").getBytes(UTF_8));
    change.diff(out);
    return new PatchNotes(List.of(), 0);
  }

  @Override
  public void push() throws InterruptedException {
    checkInterrupt();
    if (pushed) {
      return;
    }
    if (context.refusal().get().isPresent()) {
      throw new PortException(
          FailureKind.PUSH_REJECTED,
          "could not push '" + branch() + "': " + context.refusal().get().get());
    }
    if (!context.move(branch().ref(), change.base().tip(), commit)) {
      throw new BranchMovedException("could not push '" + branch() + "': the branch has moved");
    }
    pushed = true;
  }

  private static void checkInterrupt() throws InterruptedException {
    Interrupts.check();
  }

  @Override
  public Replayed replay(Attempt attempt) throws InterruptedException {
    checkInterrupt();
    CommitId tip = tip();
    Optional<CommitId> ours =
        findAmongOthers(
            one -> one.id().equals(id()) || InMemoryRepository.isOf(attempt, one.message()));
    if (ours.isPresent()) {
      return new Replayed.Landed(context.shown(tip), ours.get());
    }
    try {
      InMemoryStagedChange next = copy.moveTo(tip, merged(tip), change);
      Optional<CommitId> same =
          findAmongOthers(
              one ->
                  next.changes().isEmpty()
                      && InMemoryRepository.isOf(attempt.task(), one.message()));
      return same.isPresent()
          ? new Replayed.Landed(context.shown(tip), same.get())
          : new Replayed.Staged(context.shown(tip), next);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CommitId tip() {
    return new SeededRepository(context.repository())
        .headOf(branch().value())
        .orElseThrow(
            () ->
                new PortException(
                    FailureKind.PUSH_REJECTED,
                    "could not replay on '" + branch() + "': the branch was deleted"));
  }

  /** Searches the commits that others have pushed to the branch. */
  private Optional<CommitId> findAmongOthers(Predicate<LogEntry> sought) {
    List<LogEntry> log = new SeededRepository(context.repository()).log(branch().value());
    return log.stream()
        .takeWhile(one -> !one.id().equals(change.base().id()))
        .filter(sought)
        .map(LogEntry::id)
        .findFirst();
  }

  private ObjectId merged(CommitId theirs) throws IOException {
    var merger = (ResolveMerger) MergeStrategy.RESOLVE.newMerger(context.repository(), true);
    try (ObjectInserter inserter = merger.getObjectInserter()) {
      merger.setBase(change.base().files());
      if (!merger.merge(InMemoryContext.id(theirs), commit)) {
        throw new PortException(
            FailureKind.CONFLICT,
            ("could not replay on '" + branch() + "': both changed ")
                + merger.getUnmergedPaths()
                + ("\nours: " + context.shown(id()))
                + ("\ntheirs: " + context.shown(theirs)));
      }
      inserter.flush();
      return merger.getResultTreeId();
    }
  }

  @Override
  public RescuedCommit rescue(Attempt attempt, Path fallback) throws InterruptedException {
    checkInterrupt();
    String ref = "refs/numa/parked/" + attempt.task().fileName() + "/" + attempt.id();
    context.move(ref, Optional.empty(), commit);
    return new RescuedCommit(id(), context.request().repository().value(), ref);
  }

  private BranchName branch() {
    return context.request().branch();
  }
}
