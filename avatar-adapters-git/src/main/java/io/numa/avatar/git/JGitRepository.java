package io.numa.avatar.git;

import io.numa.avatar.git.internal.access.ServerCapabilities;
import io.numa.avatar.git.internal.cache.RepositoryCache;
import io.numa.avatar.git.internal.remote.PushLookup;
import io.numa.avatar.git.internal.remote.Remote;
import io.numa.avatar.git.internal.support.BrokenMirrorException;
import io.numa.avatar.git.internal.support.Folders;
import io.numa.avatar.git.internal.support.GitCalls;
import io.numa.avatar.git.internal.support.JGitIsolation;
import io.numa.avatar.git.internal.support.Stopwatch;
import io.numa.avatar.git.internal.worktree.ContentIndex;
import io.numa.avatar.git.settings.GitCredentials;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.port.repository.PendingPush;
import io.numa.avatar.port.repository.Repository;
import io.numa.avatar.port.repository.TransferProgress;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.time.Interrupts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes working copies with JGit, of repositories reached over HTTP(S), SSH or the file system.
 * Safe for use by several threads.
 *
 * <p>A checkout's home holds the Git directory ({@code git}) and, if no cache is configured, the
 * working tree ({@code tree}). The adapter keeps credentials in memory only, and sends each to its
 * own host only. The only program that it starts is a configured token command. It runs no hook and
 * no filter; a push to a repository on this machine does not run that repository's server-side
 * hooks.
 *
 * <p>The first use installs a {@link org.eclipse.jgit.util.SystemReader} in this process that keeps
 * the user's and the machine's Git configuration away from every user of JGit.
 */
public final class JGitRepository implements Repository {
  private static final Logger log = LoggerFactory.getLogger(JGitRepository.class);

  private volatile GitSettings settings;
  private final Clock clock;
  private final Optional<RepositoryCache> cache;
  private final ServerCapabilities known = new ServerCapabilities();

  /** Creates the adapter. Commits get their time and zone from the clock. */
  public JGitRepository(GitSettings settings, Clock clock) {
    JGitIsolation.install();
    this.settings = settings;
    this.clock = clock;
    this.cache =
        settings
            .reuse()
            .map(
                reuse ->
                    new RepositoryCache(
                        reuse, settings.features(), clock, settings.access().metrics()));
  }

  /** Logs in by other credentials from the next working copy on; the open ones keep theirs. */
  public void use(GitCredentials credentials) {
    settings = settings.withCredentials(credentials);
  }

  /**
   * A remote's answer to {@link #probe}.
   *
   * @param head the commit at its HEAD; empty in an empty repository
   */
  public record Probe(int branches, Optional<CommitId> head) {}

  /**
   * Asks a remote for its branches, to check that the adapter can reach it and log in.
   *
   * @throws PortException of kind {@code NOT_FOUND}, {@code UNAUTHORIZED} or {@code UNAVAILABLE}
   */
  public Probe probe(RepositoryUrl url) {
    Map<String, Ref> refs =
        GitCalls.remote("reach '" + url + "'", url, () -> remote(url).refs().all());
    long branches =
        refs.keySet().stream().filter(name -> name.startsWith(Constants.R_HEADS)).count();
    Optional<CommitId> head =
        Optional.ofNullable(refs.get(Constants.HEAD))
            .map(Ref::getObjectId)
            .map(id -> new CommitId(id.name()));
    return new Probe((int) branches, head);
  }

  /**
   * Checks that the signing key is usable, if there is one.
   *
   * @throws PortException of kind {@code UNAUTHORIZED} if the key is not usable
   */
  public void requireSigningKey() {
    settings.features().signingKey().ifPresent(key -> key.read(clock.instant()));
  }

  @Override
  public WorkingCopy checkOut(CheckoutRequest request, Consumer<TransferProgress> progress)
      throws InterruptedException {
    String action = "check out '" + request.branch() + "' of '" + request.repository() + "'";
    try (var watch = Stopwatch.start(settings, "checkout")) {
      return GitCalls.interruptibly(
          action,
          request.repository(),
          () -> {
            if (!Folders.isEmptyOrMissing(request.home())) {
              throw new PortException(
                  FailureKind.INTERNAL, "could not " + action + ": the home is not empty");
            }
            return checkOutInto(request, progress);
          });
    }
  }

  @Override
  public Optional<CommitId> findPushed(Attempt attempt, PendingPush push)
      throws InterruptedException {
    try (var watch = Stopwatch.start(settings, "find_pushed")) {
      return GitCalls.interruptibly(
          "look for a commit on '" + push.branch() + "' of '" + push.repository() + "'",
          push.repository(),
          () -> new PushLookup(attempt, push, remote(push.repository())).find());
    }
  }

  @Override
  public Optional<BranchName> defaultBranch(RepositoryUrl repository) throws InterruptedException {
    try (var watch = Stopwatch.start(settings, "default_branch")) {
      return GitCalls.interruptibly(
          "reach '" + repository + "'", repository, () -> remote(repository).refs().head());
    }
  }

  /**
   * Fetches a pushed commit, so that the caller can push it again for review.
   *
   * @param trailer whose value marks earlier states of the same work
   * @throws PortException as of {@link #checkOut}, of kind {@code NOT_FOUND} also if the branch has
   *     no such commit
   */
  public ReviewCommit review(PendingPush push, String trailer) throws InterruptedException {
    return GitCalls.interruptibly(
        "fetch '" + push.branch() + "' of '" + push.repository() + "'",
        push.repository(),
        () -> review(push, trailer, remote(push.repository())));
  }

  private ReviewCommit review(PendingPush push, String trailer, Remote remote)
      throws IOException, InterruptedException {
    TemporaryClone copy = TemporaryClone.fetch(push, remote, cache);
    boolean done = false;
    try {
      ReviewCommit commit = ReviewCommit.of(copy, push, trailer);
      done = true;
      return commit;
    } finally {
      if (!done) {
        copy.close();
      }
    }
  }

  private WorkingCopy checkOutInto(CheckoutRequest request, Consumer<TransferProgress> progress)
      throws IOException, InterruptedException {
    try {
      return tryCheckOut(request, progress);
    } catch (BrokenMirrorException e) {
      return tryCheckOut(request, progress); // into a new one
    }
  }

  private Remote remote(RepositoryUrl url) {
    return new Remote(url, settings, known);
  }

  private WorkingCopy tryCheckOut(CheckoutRequest request, Consumer<TransferProgress> progress)
      throws IOException, InterruptedException {
    var remote = remote(request.repository());
    LocalCheckout checkout = LocalCheckout.take(request, cache);
    boolean done = false;
    try {
      var fetched = fetch(checkout, request, remote, progress);
      Interrupts.check();
      ContentIndex contents = checkout.write(request, remote, fetched, progress);
      LeftTree.note(request.home(), request.repository(), fetched.commit());
      Interrupts.check();
      done = true;
      return new JGitWorkingCopy(
          new CopyContext(request, remote, checkout, clock), fetched, contents);
    } finally {
      if (!done) {
        checkout.close();
      }
    }
  }

  private Remote.Fetched fetch(
      LocalCheckout checkout,
      CheckoutRequest request,
      Remote remote,
      Consumer<TransferProgress> progress)
      throws IOException, InterruptedException {
    try (var watch = Stopwatch.start(settings, "fetch")) {
      return checkout.fetch(request, remote, progress);
    }
  }

  @Override
  public void tidy() {
    cache.ifPresent(RepositoryCache::tidy);
  }

  @Override
  public void writeLeftChange(Path home, long largestFile, OutputStream out) throws IOException {
    Optional<LeftTree> left = LeftTree.in(home);
    if (left.isPresent()) {
      GitCalls.local(
          "read the working tree in '" + home + "'",
          () -> {
            left.get().writeChange(cache, settings, largestFile, out);
            return home;
          });
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
