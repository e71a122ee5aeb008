package io.numa.avatar.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.git.internal.objects.Packs;
import io.numa.avatar.git.internal.remote.Pusher;
import io.numa.avatar.git.internal.support.GitCalls;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.PendingPush;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.FailureKind;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * The commit of a branch, to be pushed again for review. Parent commits with the same value of a
 * trailer are earlier states of the same work. This class then makes one new commit with all of
 * their changes. Not thread-safe.
 */
public final class ReviewCommit implements AutoCloseable {
  private final TemporaryClone copy;
  private final PendingPush push;
  private final RevCommit pushed;
  private final RevCommit oldest;
  private final ObjectId commit;

  private ReviewCommit(
      TemporaryClone copy, PendingPush push, RevCommit pushed, RevCommit oldest, ObjectId commit) {
    this.copy = copy;
    this.push = push;
    this.pushed = pushed;
    this.oldest = oldest;
    this.commit = commit;
  }

  /**
   * The remote's answer to a push.
   *
   * @param taken whether the remote accepted the push
   * @param words the remote's text, cleaned for a message; not empty if it refused
   * @param messages the remote's messages, unchanged
   */
  public record Reply(boolean taken, String words, String messages) {}

  /** Creates it from a copy of the branch. The new object closes the copy. */
  static ReviewCommit of(TemporaryClone copy, PendingPush push, String trailer) throws IOException {
    try (ObjectReader objects = copy.repository().newObjectReader()) {
      ObjectId id = ObjectId.fromString(push.commit().value());
      if (!objects.has(id)) {
        throw new PortException(
            FailureKind.NOT_FOUND,
            "could not find " + push.commit() + " on '" + push.branch() + "': it is gone by now");
      }
      RevCommit pushed = read(objects, id);
      RevCommit oldest = oldest(objects, pushed, trailer);
      ObjectId commit = oldest.equals(pushed) ? pushed : insertCombined(copy, pushed, oldest);
      return new ReviewCommit(copy, push, pushed, oldest, commit);
    }
  }

  /** Reads a commit with its real parents, even if the fetched history ends at this commit. */
  private static RevCommit read(ObjectReader objects, ObjectId id) throws IOException {
    return RevCommit.parse(objects.open(id, Constants.OBJ_COMMIT).getCachedBytes());
  }

  private static RevCommit oldest(ObjectReader objects, RevCommit pushed, String trailer)
      throws IOException {
    List<String> mark = pushed.getFooterLines(trailer);
    RevCommit oldest = pushed;
    while (!mark.isEmpty() && oldest.getParentCount() == 1 && objects.has(oldest.getParent(0))) {
      RevCommit parent = read(objects, oldest.getParent(0));
      if (!parent.getFooterLines(trailer).equals(mark)) {
        break;
      }
      oldest = parent;
    }
    return oldest;
  }

  /** Keeps author, committer and times, so that each call makes the same commit. */
  private static ObjectId insertCombined(TemporaryClone copy, RevCommit pushed, RevCommit oldest)
      throws IOException {
    PersonIdent committer = pushed.getCommitterIdent();
    var combined = new CommitBuilder();
    combined.setTreeId(pushed.getTree());
    combined.setParentIds(oldest.getParents());
    combined.setAuthor(pushed.getAuthorIdent());
    combined.setCommitter(committer);
    combined.setEncoding(UTF_8);
    combined.setMessage(pushed.getFullMessage());
    copy.remote().settings().features().sign(combined, committer.getWhenAsInstant());
    return Packs.insert(copy.repository(), combined);
  }

  /** The parent commit; empty if there is none. */
  public Optional<CommitId> base() {
    return oldest.getParentCount() == 0
        ? Optional.empty()
        : Optional.of(new CommitId(oldest.getParent(0).name()));
  }

  /** Whether the branch has earlier states of the same work. */
  public boolean hasEarlierStates() {
    return !oldest.equals(pushed);
  }

  /** The last value of a trailer in the commit's message. */
  public Optional<String> trailer(String key) {
    List<String> values = pushed.getFooterLines(key);
    return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
  }

  /**
   * Pushes the commit to a ref that does not exist yet; never forces.
   *
   * @param options as for {@code git push -o}, one line each
   * @throws PortException of kind {@code UNAUTHORIZED}, or {@code UNAVAILABLE} if the remote did
   *     not answer; the remote may have taken the commit then
   */
  public Reply push(String ref, List<String> options) throws InterruptedException {
    return GitCalls.interruptibly(
        "push " + push.commit() + " to '" + ref + "' of '" + push.repository() + "'",
        push.repository(),
        () -> {
          var order = new Pusher.Order(commit, ref, Optional.empty(), options);
          return reply(copy.remote().pusher().push(copy.repository(), order, copy.monitor()));
        });
  }

  private Reply reply(Pusher.Answer answer) throws IOException {
    boolean taken = answer.accepted();
    String words = answer.words(copy.remote().redactor());
    return new Reply(
        taken, taken || !words.isEmpty() ? words : "the remote refused", answer.messages());
  }

  @Override
  public void close() {
    copy.close();
  }
}
