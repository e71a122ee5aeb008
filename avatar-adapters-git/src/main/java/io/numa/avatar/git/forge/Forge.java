package io.numa.avatar.git.forge;

import io.numa.avatar.port.repository.ChangeRequest;
import java.util.List;

/**
 * One repository at one service. Each method calls the service, and throws the exceptions of {@link
 * ApiClient}.
 */
interface Forge {
  /**
   * Finds the change requests of the request's branch and target, closed ones too; the latest
   * first.
   */
  List<Existing> find(ChangeRequest request) throws InterruptedException;

  /**
   * Opens a change request, with everything that the service accepts in one call.
   *
   * @throws RefusedException of kind {@code CONFLICT} if an open one exists already
   */
  Existing create(ChangeRequest request) throws InterruptedException;

  /** Changes title and text of an open change request to those of the request. */
  void rewrite(Existing existing, ChangeRequest request) throws InterruptedException;

  /**
   * Adds the labels and reviewers that an open change request lacks.
   *
   * @return notes on those that could not be added
   */
  List<String> complete(Existing existing, ChangeRequest request) throws InterruptedException;
}
