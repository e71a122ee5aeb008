package io.numa.avatar.git;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.Checkout;
import io.numa.avatar.port.PendingPush;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.Repository;
import io.numa.avatar.port.TransferProgress;
import io.numa.avatar.port.WorkingCopy;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevWalk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Working copies on JGit, of repositories reached over HTTP(S), SSH or the file system. Safe for
 * use by several threads.
 *
 * <p>A checkout's home holds the Git directory ({@code git}) and, beside it, the working tree
 * ({@code tree}). Credentials are kept in memory only, and each is shown to its own host only. No
 * program is started but what gives out a host's token, and no hook or filter run; a repository on
 * this machine is pushed to without its server-side hooks.
 *
 * <p>The first use installs a {@link org.eclipse.jgit.util.SystemReader} in this process that keeps
 * the user's and the machine's Git configuration away from all that uses JGit.
 */
public final class JGitRepository implements Repository {
  private static final Logger log = LoggerFactory.getLogger(JGitRepository.class);

  private final GitSettings settings;
  private final Clock clock;

  /** Makes working copies whose commits bear the clock's time, in its zone. */
  public JGitRepository(GitSettings settings, Clock clock) {
    JGitIsolation.install();
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * What a remote says of itself.
   *
   * @param head the commit at its HEAD; empty in an empty repository
   */
  public record Probe(int branches, Optional<CommitId> head) {}

  /**
   * Asks a remote for its branches, to see whether it can be reached and logged in to.
   *
   * @throws PortException of kind {@code NOT_FOUND}, {@code UNAUTHORIZED} or {@code UNAVAILABLE}
   */
  public Probe probe(RepositoryUrl url) {
    try {
      Map<String, Ref> refs = new Remote(url, settings).refs();
      long branches =
          refs.keySet().stream().filter(name -> name.startsWith(Constants.R_HEADS)).count();
      Optional<CommitId> head =
          Optional.ofNullable(refs.get(Constants.HEAD))
              .map(Ref::getObjectId)
              .map(id -> new CommitId(id.name()));
      return new Probe((int) branches, head);
    } catch (IOException | RuntimeException e) {
      throw GitFailures.translate("reach '" + url + "'", url, e);
    }
  }

  @Override
  public WorkingCopy checkOut(Checkout checkout, Consumer<TransferProgress> progress)
      throws InterruptedException {
    Interruptions.check();
    String action = "check out '" + checkout.branch() + "' of '" + checkout.repository() + "'";
    try {
      if (!Folders.isEmptyOrMissing(checkout.home())) {
        throw new PortException(
            FailureKind.INTERNAL, "could not " + action + ": the home is not empty");
      }
      return checkOutInto(checkout, progress);
    } catch (IOException | RuntimeException e) {
      Interruptions.check();
      throw GitFailures.translate(action, checkout.repository(), e);
    }
  }

  @Override
  public Optional<CommitId> findPushed(Attempt attempt, PendingPush push)
      throws InterruptedException {
    Interruptions.check();
    try {
      return new PushedCommit(attempt, push, new Remote(push.repository(), settings)).find();
    } catch (IOException | RuntimeException e) {
      Interruptions.check();
      String action = "look for a commit on '" + push.branch() + "' of '" + push.repository() + "'";
      throw GitFailures.translate(action, push.repository(), e);
    }
  }

  private WorkingCopy checkOutInto(Checkout checkout, Consumer<TransferProgress> progress)
      throws IOException, InterruptedException {
    Path git = JGitWorkingCopy.git(checkout.home());
    boolean done = false;
    try {
      Files.createDirectories(checkout.home());
      var repository = GitFolder.create(git);
      var monitor = new TransferMonitor(git.resolve("objects"), progress);
      var remote = new Remote(checkout.repository(), settings);
      var fetched = remote.fetch(repository, checkout.branch(), checkout.bases(), monitor);
      Interruptions.check();
      ObjectId base = treeOf(repository, fetched.commit());
      var contents = new Contents(repository, entries(repository, base));
      var copy =
          new JGitWorkingCopy(
              checkout, remote, fetched, repository, base, contents, settings.identity(), clock);
      monitor.beginTask("Checking out files", contents.base().getEntryCount());
      copy.writeTree(monitor);
      Interruptions.check();
      done = true;
      return copy;
    } finally {
      if (!done) {
        discard(checkout.home());
      }
    }
  }

  private static ObjectId treeOf(org.eclipse.jgit.lib.Repository repository, ObjectId commit)
      throws IOException {
    try (var walk = new RevWalk(repository)) {
      return walk.parseCommit(commit).getTree().getId();
    }
  }

  private static DirCache entries(org.eclipse.jgit.lib.Repository repository, ObjectId tree)
      throws IOException {
    try (ObjectReader objects = repository.newObjectReader()) {
      return DirCache.read(objects, tree);
    }
  }

  @Override
  public void discard(Path home) {
    try {
      Folders.delete(home);
    } catch (IOException e) {
      log.warn("could not remove the working copy '{}'", home, e);
    }
  }
}
