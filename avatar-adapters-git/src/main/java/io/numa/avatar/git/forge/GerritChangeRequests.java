package io.numa.avatar.git.forge;

import io.numa.avatar.git.JGitRepository;
import io.numa.avatar.git.ReviewCommit;
import io.numa.avatar.git.settings.HostingService;
import io.numa.avatar.http.Retries;
import io.numa.avatar.http.TransientException;
import io.numa.avatar.http.address.Destination;
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
 * Creates changes at Gerrit, by pushing a commit to {@code refs/for/<branch>}. Safe for use by
 * several threads.
 *
 * <p>Gerrit recognises a change by the {@code Change-Id} in its commits' messages. It shows the
 * commit's message; a request's title and body are not sent.
 */
public final class GerritChangeRequests implements ChangeRequests {
  private final JGitRepository repositories;
  private final List<ForgeHost> hosts;
  private final Retries retries;

  /**
   * @param repositories whose credentials the push uses
   * @param settings whose first host that matches a repository is used; Gerrit needs none of their
   *     tokens
   */
  public GerritChangeRequests(JGitRepository repositories, ForgeSettings settings) {
    this.repositories = repositories;
    this.hosts = settings.hosts();
    this.retries = new Retries(settings.retries());
  }

  /** Whether the service that hosts a repository is Gerrit. */
  public boolean serves(RepositoryUrl repository) {
    return repository.transport() != RepositoryUrl.Transport.LOCAL
        && host(repository)
                .map(ForgeHost::service)
                .orElseGet(() -> HostingService.guess(repository.host()))
            == HostingService.GERRIT;
  }

  private Optional<ForgeHost> host(RepositoryUrl repository) {
    Destination place = Destination.of(repository);
    return hosts.stream().filter(host -> host.matches(place)).findFirst();
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

  /** Pushes. If Gerrit refuses some reviewers, pushes again without them. */
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
    // Gerrit does not create a change for a commit that is on a branch already, unless the option
    // "base" says where the change begins.
    commit.base().ifPresent(base -> options.add("base=" + base));
    if (!commit.hasEarlierStates()) { // else keep what people may have set
      options.add(request.draft() ? "wip" : "ready");
      options.add("topic=" + request.pushed().branch());
    }
    request.labels().forEach(label -> options.add("hashtag=" + label));
    reviewers.forEach(reviewer -> options.add("r=" + reviewer));
    return options;
  }

  /**
   * The change's URL from Gerrit's answer. Gerrit names none for an existing change; then a search
   * page for it.
   */
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
                    "the remote named no URL of the change at '"
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
