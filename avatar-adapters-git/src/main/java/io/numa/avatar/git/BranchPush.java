package io.numa.avatar.git;

import io.numa.avatar.git.internal.local.CheckedOutBranches;
import io.numa.avatar.git.internal.objects.SparsePackRepository;
import io.numa.avatar.git.internal.remote.PreparedPush;
import io.numa.avatar.git.internal.remote.Pusher;
import io.numa.avatar.git.internal.remote.Remote;
import io.numa.avatar.git.internal.support.GitFailures;
import io.numa.avatar.git.internal.support.TransferMonitor;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.BranchMovedException;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.time.Interrupts;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.transport.RemoteRefUpdate.Status;

/**
 * Pushes commits of a working copy to its branch. {@link #prepare} may open the connection early.
 */
final class BranchPush {
  private final CopyContext context;
  private Optional<Prepared> prepared = Optional.empty();

  /**
   * @param have the parent of the commit that will be pushed
   */
  private record Prepared(ObjectId have, PreparedPush push) {
    boolean serves(ObjectId parent) {
      return have.equals(parent) && push.isOpen();
    }
  }

  BranchPush(CopyContext context) {
    this.context = context;
  }

  /**
   * Starts a push early: asks the remote for its refs, if the remote can wait for the push (HTTP).
   * Does nothing if it was asked a moment ago.
   *
   * @param have the parent of the commit that will be pushed
   */
  void prepare(ObjectId have) {
    if (prepared.filter(push -> push.serves(have)).isPresent()) {
      return;
    }
    abort();
    if (context.remote().isOverHttp()) {
      prepared = Optional.of(askForRefs(have));
    }
  }

  private Prepared askForRefs(ObjectId have) {
    SparsePackRepository repository = context.checkout().repository();
    Remote remote = context.remote();
    TransferMonitor monitor = context.monitor();
    var push =
        new PreparedPush(
            remote,
            repository,
            () -> remote.fetcher().catchUp(repository, context.request(), have, monitor),
            monitor,
            PreparedPush.PATIENCE);
    return new Prepared(have, push);
  }

  /** Closes a prepared push without pushing. */
  void abort() {
    prepared.map(Prepared::push).ifPresent(PreparedPush::close);
    prepared = Optional.empty();
  }

  /** Pushes a commit. If the remote's answer was lost, looks on the remote for the commit. */
  void push(ObjectId commit, JGitBaseCommit base) throws InterruptedException {
    Interrupts.check();
    try {
      SparsePackRepository repository = context.repository();
      base.contents().lfs().upload();
      send(repository, commit, base.fetched());
    } catch (IOException | RuntimeException e) {
      Interrupts.check();
      if (e instanceof PortException || !arrived(commit, e)) {
        throw GitFailures.translate(action(), context.request().repository(), e);
      }
    }
  }

  private void send(SparsePackRepository repository, ObjectId commit, Remote.Fetched base)
      throws IOException {
    Remote remote = context.remote();
    CheckedOutBranches.requireFree(context.branch(), remote.url());
    var order = new Pusher.Order(commit, context.branch().ref(), base.tip());
    Optional<Pusher.Answer> answer = sendPrepared(order, base.commit());
    requireAccepted(
        answer.isPresent()
            ? answer.get()
            : remote.pusher().push(repository, order, context.monitor()),
        base.tip());
  }

  /**
   * Throws unless the commit is on the branch.
   *
   * @param expected the tip that the branch must have had before the push
   */
  private void requireAccepted(Pusher.Answer answer, Optional<ObjectId> expected)
      throws IOException {
    if (answer.accepted()) {
      return;
    }
    Status status = answer.status();
    if (status == Status.REJECTED_REMOTE_CHANGED
        || status == Status.REJECTED_NONFASTFORWARD
        || hasMoved(expected)) {
      throw new BranchMovedException(
          "could not " + action() + ": the branch has moved since its base was fetched");
    }
    String words = answer.words(context.remote().redactor());
    throw new PortException(
        FailureKind.PUSH_REJECTED,
        "could not " + action() + ": " + (words.isEmpty() ? "the remote refused" : words));
  }

  /**
   * Whether the branch's tip is another than expected. Servers report a lost race in many ways,
   * such as "failed to update ref", so the tip decides.
   */
  private boolean hasMoved(Optional<ObjectId> expected) {
    try {
      return !context.remote().refs().tip(context.branch()).equals(expected);
    } catch (IOException | RuntimeException e) {
      return false; // report the remote's words then
    }
  }

  private Optional<Pusher.Answer> sendPrepared(Pusher.Order order, ObjectId have)
      throws IOException {
    if (prepared.isEmpty()) {
      prepared = Optional.of(askForRefs(have));
    }
    try {
      return prepared.get().push().push(order);
    } finally {
      abort();
    }
  }

  /** Whether the branch's tip is the commit, although the remote's answer was lost. */
  private boolean arrived(ObjectId commit, Exception lost) {
    try {
      return context.remote().refs().tip(context.branch()).filter(commit::equals).isPresent();
    } catch (IOException | RuntimeException e) {
      lost.addSuppressed(e);
      return false;
    }
  }

  private String action() {
    return "push '" + context.branch() + "' to '" + context.request().repository() + "'";
  }
}
