package io.numa.avatar.testkit.contract;

import io.numa.avatar.port.PendingPush;
import io.numa.avatar.task.RepositoryUrl;
import java.util.List;

/**
 * What stands behind {@link io.numa.avatar.port.ChangeRequests}, for the contract to look at and to
 * change as people do. It knows the users {@code ada} and {@code grace}, and the labels {@code
 * avatar} and {@code urgent}.
 */
public interface ForgeWorld {
  /** A repository that exists. */
  RepositoryUrl repository();

  /** Moves a branch there. */
  void push(PendingPush push);

  /** All change requests, oldest first. */
  List<ShownRequest> requests();

  void close(String url);

  /** Merges it, with the commit that its branch has now. */
  void merge(String url);

  void markReady(String url);

  void addLabel(String url, String label);
}
