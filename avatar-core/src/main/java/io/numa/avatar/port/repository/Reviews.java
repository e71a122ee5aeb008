package io.numa.avatar.port.repository;

import io.numa.avatar.port.PortException;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import java.util.Optional;

/**
 * Reads what people and checks say about a change request, and answers. Safe for use by several
 * threads.
 *
 * <p>All texts are as others wrote them. Each method except {@link #serves} blocks, and throws
 * {@link PortException}: of kind {@code NOT_FOUND} if there is no such change request or no service
 * for it, {@code UNAUTHORIZED} if the service refuses our credentials, {@code UNAVAILABLE} if it
 * did not answer or asks us to wait too long. {@link InterruptedException} means that the thread
 * was interrupted.
 */
public interface Reviews {
  /** Supports no service. */
  Reviews NONE =
      new Reviews() {
        @Override
        public boolean serves(RepositoryUrl repository) {
          return false;
        }

        @Override
        public ChangeReview read(RepositoryUrl repository, String url) {
          throw unsupported(repository);
        }

        @Override
        public CommitChecks checks(RepositoryUrl repository, CommitId commit) {
          throw unsupported(repository);
        }

        @Override
        public Optional<String> logEnd(RepositoryUrl repository, String log) {
          throw unsupported(repository);
        }

        @Override
        public boolean mayWrite(RepositoryUrl repository, String login) {
          throw unsupported(repository);
        }

        @Override
        public void answer(RepositoryUrl repository, String url, String thread, String text) {
          throw unsupported(repository);
        }
      };

  /** Whether the service of the repository tells of reviews and checks. Sends no request. */
  boolean serves(RepositoryUrl repository);

  /**
   * Reads a change request with its comments.
   *
   * @param url its web address, which must be one of the repository's
   */
  ChangeReview read(RepositoryUrl repository, String url) throws InterruptedException;

  /** Reads the checks of a commit. */
  CommitChecks checks(RepositoryUrl repository, CommitId commit) throws InterruptedException;

  /**
   * Reads the last part of a failed check's log, of 256 Ki characters at most.
   *
   * @param log as of {@link CommitChecks.Failed#log}
   * @return empty if the service does not keep it any more, or it is too long to be fetched
   */
  Optional<String> logEnd(RepositoryUrl repository, String log) throws InterruptedException;

  /** Whether an account may push to the repository. */
  boolean mayWrite(RepositoryUrl repository, String login) throws InterruptedException;

  /**
   * Adds a comment to a thread. Tries it once. After a retryable failure the comment may be there:
   * read the change request again before another try.
   *
   * @param thread the thread's id; empty for the change request itself. Where the service does not
   *     take the comment in the thread, it becomes one of the change request.
   * @param text in Markdown
   */
  void answer(RepositoryUrl repository, String url, String thread, String text)
      throws InterruptedException;

  /** The failure for a repository whose service does not tell of reviews. */
  static PortException unsupported(RepositoryUrl repository) {
    return new PortException(
        FailureKind.NOT_FOUND,
        "could not read the reviews of '"
            + repository
            + "': its service is none of GitHub, GitLab, Gitea and Forgejo that git.credentials"
            + " has a token for");
  }
}
