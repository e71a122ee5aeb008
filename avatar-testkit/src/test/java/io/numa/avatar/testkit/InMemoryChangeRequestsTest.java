package io.numa.avatar.testkit;

import io.numa.avatar.port.repository.ChangeRequests;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.testkit.contract.ChangeRequestsContract;
import io.numa.avatar.testkit.fixture.ForgeWorld;

final class InMemoryChangeRequestsTest extends ChangeRequestsContract {
  private final InMemoryChangeRequests requests =
      new InMemoryChangeRequests(RepositoryUrl.parse("https://git.example.com/team/shop.git"));

  @Override
  protected ChangeRequests requests() {
    return requests;
  }

  @Override
  protected ForgeWorld world() {
    return requests;
  }
}
