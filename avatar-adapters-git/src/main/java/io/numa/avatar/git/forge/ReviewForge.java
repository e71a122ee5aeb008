package io.numa.avatar.git.forge;

import io.numa.avatar.port.repository.ChangeReview;
import io.numa.avatar.port.repository.CommitChecks;
import io.numa.avatar.task.CommitId;
import java.util.Optional;

/**
 * The reviews and checks of one repository at one service. Each method calls the service, and
 * throws the exceptions of {@link ApiClient}.
 */
interface ReviewForge {
  /** The login name of the account that asks. */
  String self() throws InterruptedException;

  /**
   * Reads a change request with its comments.
   *
   * @param self the login name of the account that asks, if it is known
   */
  ChangeReview read(String number, Optional<String> self) throws InterruptedException;

  CommitChecks checks(CommitId commit) throws InterruptedException;

  /** The text of a log; empty if there is none any more, or it is too long. */
  Optional<String> log(String name) throws InterruptedException;

  /**
   * Whether an account may push.
   *
   * @throws RefusedException of kind {@code NOT_FOUND} if the service does not know it here
   */
  boolean mayWrite(String login) throws InterruptedException;

  /** Adds a comment to a thread. */
  void reply(String number, String thread, String text) throws InterruptedException;

  /** Adds a comment to the change request itself. */
  void remark(String number, String text) throws InterruptedException;
}
