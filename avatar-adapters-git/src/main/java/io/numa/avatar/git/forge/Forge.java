package io.numa.avatar.git.forge;

import io.numa.avatar.port.repository.ChangeRequest;
import java.util.List;

/**
 * One repository at one service. Each method asks the service, and throws what {@link ApiClient}
 * throws.
 */
interface Forge {
  /** Those of the request's branch and target, the latest first; closed ones too. */
  List<Existing> find(ChangeRequest request) throws InterruptedException;

  /**
   * Opens it, as far as one call can.
   *
   * @throws RefusedException of kind {@code CONFLICT} if the service has an open one already
   */
  Existing create(ChangeRequest request) throws InterruptedException;

  /** Gives an open one the title and text that were asked for. */
  void rewrite(Existing existing, ChangeRequest request) throws InterruptedException;

  /** Adds the labels and reviewers that an open one lacks; gives what could not be added. */
  List<String> complete(Existing existing, ChangeRequest request) throws InterruptedException;
}
