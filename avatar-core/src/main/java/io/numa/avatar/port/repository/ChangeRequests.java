package io.numa.avatar.port.repository;

import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.TaskId;
import java.util.List;

/**
 * Asks the people who maintain a repository to merge a branch. Safe for use by several threads.
 *
 * <p>A change request is identified by its branch and target, or by the trailers of its commit. So
 * each call may be repeated.
 */
@FunctionalInterface
public interface ChangeRequests {
  /** Supports no service. */
  ChangeRequests NONE =
      request -> {
        throw new PortException(
            FailureKind.NOT_FOUND, "could not open a change request: there is no service for it");
      };

  /**
   * Opens a change request, or updates the open one of that branch and target: it replaces title
   * and body, adds missing labels and reviewers, removes none, and does not change whether it is a
   * draft. It does not change one of that branch and title that was closed without a merge, nor one
   * that has merged this very commit. In both cases, it opens no other.
   *
   * <p>The result names the labels and reviewers that the service does not accept. They do not make
   * the call fail.
   *
   * @throws PortException of kind {@code NOT_FOUND} if there is no such repository or no service
   *     for it, {@code UNAUTHORIZED} if the service refuses our credentials, {@code UNAVAILABLE} if
   *     it did not answer or asks us to wait too long; the message quotes the service's refusal
   * @throws InterruptedException if the thread was interrupted; the change request may have been
   *     opened
   */
  ProposedChange open(ChangeRequest request) throws InterruptedException;

  /**
   * The trailers that the service requires in the message of a commit that is to be merged. They
   * are the same for every attempt at a task. Sends no request.
   */
  default List<Trailer> trailers(RepositoryUrl repository, TaskId task) {
    return List.of();
  }
}
