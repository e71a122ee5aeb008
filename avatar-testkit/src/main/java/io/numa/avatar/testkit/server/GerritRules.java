package io.numa.avatar.testkit.server;

import io.numa.avatar.task.CommitId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;

/**
 * Handles pushes to {@code refs/for/*} as Gerrit's documentation says: each new commit becomes a
 * change or a patch set of a change, and no ref is created. Safe for use by several threads.
 */
final class GerritRules {
  private static final Set<String> USERS = Set.of("ada", "grace");

  private static final String TWICE = "same Change-Id in multiple changes";

  private final String pages;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<ReviewedChange> changes = new ArrayList<>();

  /**
   * @param pages the address of its changes
   */
  GerritRules(String pages) {
    this.pages = pages;
  }

  List<ReviewedChange> changes() {
    lock.lock();
    try {
      return List.copyOf(changes);
    } finally {
      lock.unlock();
    }
  }

  void close(int number) {
    lock.lock();
    try {
      changes.replaceAll(change -> change.number() == number ? change.closed() : change);
    } finally {
      lock.unlock();
    }
  }

  /** Why a push is refused. */
  private static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    RefusedException(String reason) {
      super(reason);
    }
  }

  void judge(String project, ReceivePack pack, ReceiveCommand command) {
    lock.lock();
    try (var walk = new RevWalk(pack.getRepository())) {
      pack.sendMessage("Processing changes: refs: 1");
      var push = ReviewPush.of(command.getRefName(), pack.getPushOptions());
      String report = take(project, push, walk, pack.getRepository(), command.getNewId());
      pack.sendMessage("\nSUCCESS\n\n" + report);
      command.setResult(ReceiveCommand.Result.OK);
    } catch (RefusedException e) {
      command.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, e.getMessage());
    } catch (IOException e) {
      command.setResult(ReceiveCommand.Result.REJECTED_MISSING_OBJECT, e.getMessage());
    } finally {
      lock.unlock();
    }
  }

  private String take(
      String project, ReviewPush push, RevWalk walk, Repository repository, ObjectId tip)
      throws IOException, RefusedException {
    check(push, repository);
    List<RevCommit> commits = newCommits(push, walk, repository, tip);
    if (commits.isEmpty()) {
      throw new RefusedException("no new changes");
    }
    Set<String> ids = new HashSet<>();
    for (RevCommit commit : commits) {
      if (!ids.add(changeId(commit))) {
        throw new RefusedException(TWICE);
      }
    }
    var report = new StringBuilder();
    for (RevCommit commit : commits) {
      report.append(take(project, push, walk, commit));
    }
    return report.toString();
  }

  private static void check(ReviewPush push, Repository repository)
      throws IOException, RefusedException {
    Optional<String> unknown = push.unknown();
    if (unknown.isPresent()) {
      throw new RefusedException("\"--" + unknown.get() + "\" is not a valid option");
    }
    if (repository.exactRef(Constants.R_HEADS + push.target()) == null) {
      throw new RefusedException("branch " + push.target() + " not found");
    }
    for (String reviewer : push.values("r", "reviewer")) {
      if (!USERS.contains(reviewer)) {
        throw new RefusedException("user \"" + reviewer + "\" not found");
      }
    }
  }

  /**
   * The commits that are on no branch; if the push names a base, the commits that neither the base
   * nor the target has.
   */
  private static List<RevCommit> newCommits(
      ReviewPush push, RevWalk walk, Repository repository, ObjectId tip) throws IOException {
    walk.markStart(walk.parseCommit(tip));
    for (ObjectId base : push.bases()) {
      walk.markUninteresting(walk.parseCommit(base));
    }
    for (Ref branch : repository.getRefDatabase().getRefsByPrefix(Constants.R_HEADS)) {
      if (push.bases().isEmpty() || branch.getName().equals(Constants.R_HEADS + push.target())) {
        walk.markUninteresting(walk.parseCommit(branch.getObjectId()));
      }
    }
    List<RevCommit> commits = new ArrayList<>();
    walk.forEach(commits::add);
    walk.reset();
    return commits;
  }

  private static String changeId(RevCommit commit) throws RefusedException {
    List<String> ids = commit.getFooterLines("Change-Id");
    String name = "commit " + commit.abbreviate(7).name() + ": ";
    if (ids.isEmpty()) {
      throw new RefusedException(name + "missing Change-Id in message footer");
    }
    if (ids.size() > 1) {
      throw new RefusedException(name + "multiple Change-Id lines in message footer");
    }
    if (!ids.get(0).matches("I[0-9a-f]{40}")) {
      throw new RefusedException(name + "invalid Change-Id line format in message footer");
    }
    return ids.get(0);
  }

  private String take(String project, ReviewPush push, RevWalk walk, RevCommit commit)
      throws IOException, RefusedException {
    String id = changeId(commit);
    OptionalInt index = find(project, push.target(), id);
    if (index.isEmpty()) {
      var made =
          changed(
              new ReviewedChange(
                  changes.size() + 1,
                  project,
                  push.target(),
                  id,
                  List.of(),
                  false,
                  true,
                  "",
                  Set.of(),
                  Set.of()),
              push,
              commit);
      changes.add(made);
      return line(made, commit) + " [NEW]\n";
    }
    ReviewedChange old = changes.get(index.getAsInt());
    checkReplaces(old, walk, commit);
    ReviewedChange replaced = changed(old, push, commit);
    changes.set(index.getAsInt(), replaced);
    return line(replaced, commit) + "\n";
  }

  private OptionalInt find(String project, String target, String id) {
    for (int i = 0; i < changes.size(); i++) {
      if (changes.get(i).isOf(project, target, id)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  private void checkReplaces(ReviewedChange old, RevWalk walk, RevCommit commit)
      throws IOException, RefusedException {
    if (!old.open()) {
      throw new RefusedException("change " + url(old) + " closed");
    }
    if (old.current().value().equals(commit.name())) {
      throw new RefusedException("commit(s) already exists (as current patchset)");
    }
    for (CommitId patchSet : old.patchSets()) {
      RevCommit prior = walk.parseCommit(ObjectId.fromString(patchSet.value()));
      if (walk.isMergedInto(prior, commit)) {
        throw new RefusedException(TWICE);
      }
    }
  }

  private static ReviewedChange changed(ReviewedChange old, ReviewPush push, RevCommit commit) {
    var patchSets = new ArrayList<>(old.patchSets());
    patchSets.add(new CommitId(commit.name()));
    var hashtags = new HashSet<>(old.hashtags());
    hashtags.addAll(push.values("hashtag", "t"));
    var reviewers = new HashSet<>(old.reviewers());
    reviewers.addAll(push.values("r", "reviewer"));
    List<String> topics = push.values("topic", "topic");
    return new ReviewedChange(
        old.number(),
        old.project(),
        old.target(),
        old.changeId(),
        patchSets,
        push.has("wip") || (old.wip() && !push.has("ready")),
        true,
        topics.isEmpty() ? old.topic() : topics.get(0),
        hashtags,
        reviewers);
  }

  private String line(ReviewedChange change, RevCommit commit) {
    return "  " + url(change) + " " + commit.getShortMessage() + (change.wip() ? " [WIP]" : "");
  }

  private String url(ReviewedChange change) {
    return pages + "/c/" + change.project() + "/+/" + change.number();
  }
}
