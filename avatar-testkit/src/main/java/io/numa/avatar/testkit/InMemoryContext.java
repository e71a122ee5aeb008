package io.numa.avatar.testkit;

import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.task.CommitId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * The data that all states of one working copy share.
 *
 * @param author the committer, with the time of the commit
 * @param saved the saved copies of ignored files: by key, the contents of files by path
 * @param refusal the message of refused pushes, if pushes are refused
 */
record InMemoryContext(
    CheckoutRequest request,
    Repository repository,
    Map<String, Map<String, byte[]>> saved,
    Supplier<PersonIdent> author,
    Supplier<Optional<String>> refusal) {

  FolderFiles files() {
    return new FolderFiles(repository, request.home());
  }

  /** Moves a ref if it has the expected value; returns whether it had. */
  boolean move(String ref, Optional<CommitId> from, ObjectId to) {
    try {
      RefUpdate update = repository.updateRef(ref);
      update.setNewObjectId(to);
      update.setExpectedOldObjectId(from.map(InMemoryContext::id).orElse(ObjectId.zeroId()));
      RefUpdate.Result result = update.update();
      return result == RefUpdate.Result.NEW
          || result == RefUpdate.Result.FAST_FORWARD
          || result == RefUpdate.Result.NO_CHANGE;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ObjectId id(CommitId commit) {
    return ObjectId.fromString(commit.value());
  }

  /** A commit in one line. */
  String shown(CommitId id) {
    RevCommit commit = parse(id);
    String author = commit.getAuthorIdent().getName();
    return id.abbreviated() + " \"" + commit.getShortMessage() + "\" by " + author;
  }

  RevCommit parse(CommitId id) {
    try (var walk = new RevWalk(repository)) {
      return walk.parseCommit(id(id));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
