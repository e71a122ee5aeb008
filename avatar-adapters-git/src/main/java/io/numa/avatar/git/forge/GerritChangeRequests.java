package io.numa.avatar.git.forge;

import io.numa.avatar.git.JGitRepository;
import io.numa.avatar.git.ReviewCommit;
import io.numa.avatar.git.settings.HostingService;
import io.numa.avatar.http.Retries;
import io.numa.avatar.http.TransientException;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.ChangeRequest;
import io.numa.avatar.port.repository.ChangeRequests;
import io.numa.avatar.port.repository.ProposedChange;
import io.numa.avatar.port.repository.ProposedChange.Standing;
import io.numa.avatar.port.repository.Trailer;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.TaskId;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Changes at Gerrit, which are made by pushing a commit to {@code refs/for/<branch>}. Safe for use
 * by several threads.
 *
 * <p>Gerrit recognises a change by the {@code Change-Id} in its commits' messages. It shows the
 * commit's message; a request's title and body are not sent.
 */
public final class GerritChangeRequests implements ChangeRequests {
  private final JGitRepository repositories;
  private final List<ForgeHost> hosts;
  private final Retries retries;

  /**
   * @param repositories by whose credentials it is pushed
   * @param settings of whose hosts the first that matches a repository's counts; their tokens are
   *     not asked for
   */
  public GerritChangeRequests(JGitRepository repositories, ForgeSettings settings) {
    this.repositories = repositories;
    this.hosts = settings.hosts();
    this.retries = new Retries(settings.retries());
  }

  /** Whether a repository is at a Gerrit. */
  public boolean serves(RepositoryUrl repository) {
    return repository.transport() != RepositoryUrl.Transport.LOCAL
        && host(repository)
                .map(ForgeHost::service)
                .orElseGet(() -> HostingService.guess(repository.host()))
            == HostingService.GERRIT;
  }

  private Optional<ForgeHost> host(RepositoryUrl repository) {
    return hosts.stream()
        .filter(host -> host.matches(repository.host(), repository.effectivePort()))
        .findFirst();
  }

  @Override
  public List<Trailer> trailers(RepositoryUrl repository, TaskId task) {
    return List.of(new Trailer(ChangeId.TRAILER, ChangeId.of(repository, task)));
  }

  @Override
  public ProposedChange open(ChangeRequest request) throws InterruptedException {
    return retries.call(() -> propose(request));
  }

  private ProposedChange propose(ChangeRequest request) throws InterruptedException {
    try (ReviewCommit commit = repositories.review(request.pushed(), ChangeId.TRAILER)) {
      List<String> notes = new ArrayList<>();
      ReviewCommit.Reply reply = push(commit, request, notes);
      Standing standing =
          GerritAnswer.standing(reply).orElseThrow(() -> refused(request, reply.words()));
      return new ProposedChange(url(commit, request, reply, notes), standing, notes);
    } catch (PortException e) {
      throw e.retryable()
          ? new TransientException(FailureKind.UNAVAILABLE, e.getMessage(), false, Duration.ZERO, e)
          : e;
    }
  }

  /** Leaves out reviewers that Gerrit refuses, so that it takes the others. */
  private static ReviewCommit.Reply push(
      ReviewCommit commit, ChangeRequest request, List<String> notes) throws InterruptedException {
    String ref = "refs/for/" + request.target();
    List<String> reviewers = new ArrayList<>(request.reviewers());
    ReviewCommit.Reply reply = commit.push(ref, options(commit, request, reviewers));
    List<String> unknown = GerritAnswer.named(reviewers, reply);
    while (!unknown.isEmpty()) {
      notes.add("without " + String.join(", ", unknown) + " as reviewer: " + reply.words());
      reviewers.removeAll(unknown);
      reply = commit.push(ref, options(commit, request, reviewers));
      unknown = GerritAnswer.named(reviewers, reply);
    }
    return reply;
  }

  private static List<String> options(
      ReviewCommit commit, ChangeRequest request, List<String> reviewers) {
    List<String> options = new ArrayList<>();
    // It takes no commit for a new one that a branch has already, unless an option says where to
    // begin.
    commit.base().ifPresent(base -> options.add("base=" + base));
    if (!commit.hasEarlierStates()) { // else the change is there, and people may have changed these
      options.add(request.draft() ? "wip" : "ready");
      options.add("topic=" + request.pushed().branch());
    }
    request.labels().forEach(label -> options.add("hashtag=" + label));
    reviewers.forEach(reviewer -> options.add("r=" + reviewer));
    return options;
  }

  /** The one that it names, else a page that finds it: for what was there it names none. */
  private String url(
      ReviewCommit commit, ChangeRequest request, ReviewCommit.Reply reply, List<String> notes) {
    RepositoryUrl repository = request.pushed().repository();
    Optional<URI> named = host(repository).flatMap(ForgeHost::apiUrl);
    var pages = GerritPages.of(repository, named);
    return pages
        .change(reply.messages())
        .or(() -> pages.change(reply.words()))
        .orElseGet(
            () -> {
              if (reply.taken()) {
                notes.add(
                    "the remote has named no address of it at '"
                        + repository.host()
                        + "'; if its pages are elsewhere, say so by api_url under git.credentials");
              }
              return pages.search(commit.trailer(ChangeId.TRAILER).orElse(""));
            });
  }

  private static PortException refused(ChangeRequest request, String words) {
    return new PortException(
        FailureKind.PUSH_REJECTED,
        "could not open a change request for '"
            + request.pushed().branch()
            + "' at '"
            + request.pushed().repository()
            + "': "
            + words);
  }
}
