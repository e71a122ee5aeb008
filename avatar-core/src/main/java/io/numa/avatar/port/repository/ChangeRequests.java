package io.numa.avatar.port.repository;

import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.TaskId;
import java.util.List;

/**
 * Asks the people behind a repository to merge a branch. Safe for use by several threads.
 *
 * <p>A change request is known again by its branch and target, or by the trailers of its commit, so
 * that each call may be repeated.
 */
@FunctionalInterface
public interface ChangeRequests {
  /** Knows no service. */
  ChangeRequests NONE =
      request -> {
        throw new PortException(
            FailureKind.NOT_FOUND, "could not open a change request: there is no service for it");
      };

  /**
   * Opens a change request, or brings the open one of that branch and target up to date: title and
   * body become those asked for, labels and reviewers that are missing are added, none is removed,
   * and whether it is a draft is left as it is. One of that branch and title that was closed
   * without being merged is left alone, and so is one that has merged this very commit; in both
   * cases, none is opened.
   *
   * <p>The answer names labels and reviewers that the service does not accept; they fail nothing.
   *
   * @throws PortException of kind {@code NOT_FOUND} if there is no such repository or no service
   *     for it, {@code UNAUTHORIZED} if it may not be asked, {@code UNAVAILABLE} if it did not
   *     answer or has asked to be left alone for long, with the service's own words where it
   *     refused
   * @throws InterruptedException if the thread was interrupted; it may have been opened
   */
  ProposedChange open(ChangeRequest request) throws InterruptedException;

  /**
   * What the service wants to read in the message of a commit that it will be asked to have merged.
   * The same for every attempt at a task; sends no request.
   */
  default List<Trailer> trailers(RepositoryUrl repository, TaskId task) {
    return List.of();
  }
}
