package io.numa.avatar.git.forge;

import io.numa.avatar.http.Retries;
import io.numa.avatar.http.TransientException;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.ChangeReview;
import io.numa.avatar.port.repository.CommitChecks;
import io.numa.avatar.port.repository.Reviews;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reviews and checks at GitHub, GitLab, Gitea and Forgejo. Safe for use by several threads; an
 * interrupt ends a call. Reads are tried several times, answers once.
 */
final class HttpReviews implements Reviews {
  private static final int LOG_END = 256 << 10;

  private final Services services;
  private final Retries retries;

  /**
   * The login names of our own accounts, by the hosts of repositories; empty where it is secret.
   */
  private final Map<String, Optional<String>> selves = new ConcurrentHashMap<>();

  HttpReviews(Services services, Retries retries) {
    this.services = services;
    this.retries = retries;
  }

  @Override
  public boolean serves(RepositoryUrl repository) {
    try {
      return services.reviews(repository).isPresent();
    } catch (PortException e) {
      return false; // there is no credential for it
    }
  }

  @Override
  public ChangeReview read(RepositoryUrl repository, String url) throws InterruptedException {
    ReviewForge forge = forge(repository);
    String number = services.number(repository, url);
    Optional<String> self = self(repository, forge);
    return retries.call(() -> forge.read(number, self));
  }

  /** An app of GitHub may not ask who it is. */
  private Optional<String> self(RepositoryUrl repository, ReviewForge forge)
      throws InterruptedException {
    String host = repository.host() + ":" + repository.port();
    if (!selves.containsKey(host)) {
      selves.put(host, retries.call(() -> askWhoWeAre(forge)));
    }
    return selves.getOrDefault(host, Optional.empty());
  }

  private static Optional<String> askWhoWeAre(ReviewForge forge) throws InterruptedException {
    try {
      return Optional.of(forge.self()).filter(login -> !login.isEmpty());
    } catch (RefusedException e) {
      return Optional.empty();
    }
  }

  @Override
  public CommitChecks checks(RepositoryUrl repository, CommitId commit)
      throws InterruptedException {
    ReviewForge forge = forge(repository);
    return retries.call(() -> forge.checks(commit));
  }

  @Override
  public Optional<String> logEnd(RepositoryUrl repository, String log) throws InterruptedException {
    ReviewForge forge = forge(repository);
    return retries.call(() -> forge.log(log)).map(HttpReviews::end);
  }

  private static String end(String text) {
    int start = Math.max(0, text.length() - LOG_END);
    boolean half = start > 0 && Character.isLowSurrogate(text.charAt(start));
    return text.substring(half ? start + 1 : start);
  }

  @Override
  public boolean mayWrite(RepositoryUrl repository, String login) throws InterruptedException {
    ReviewForge forge = forge(repository);
    return retries.call(
        () -> {
          try {
            return forge.mayWrite(login);
          } catch (RefusedException e) {
            if (e.kind() != FailureKind.NOT_FOUND) {
              throw e;
            }
            return false;
          }
        });
  }

  @Override
  public void answer(RepositoryUrl repository, String url, String thread, String text)
      throws InterruptedException {
    ReviewForge forge = forge(repository);
    String number = services.number(repository, url);
    try {
      post(forge, number, thread, text);
    } catch (TransientException e) {
      throw new PortException(FailureKind.UNAVAILABLE, e.getMessage(), e.getCause());
    }
  }

  private static void post(ReviewForge forge, String number, String thread, String text)
      throws InterruptedException {
    if (!thread.isEmpty()) {
      try {
        forge.reply(number, thread, text);
        return;
      } catch (RefusedException e) {
        // The thread is gone, or takes no replies.
      }
    }
    forge.remark(number, text);
  }

  private ReviewForge forge(RepositoryUrl repository) {
    return services.reviews(repository).orElseThrow(() -> Reviews.unsupported(repository));
  }
}
