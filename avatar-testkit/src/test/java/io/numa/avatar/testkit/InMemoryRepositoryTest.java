package io.numa.avatar.testkit;

import io.numa.avatar.port.repository.Repository;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.testkit.contract.RepositoryContract;
import io.numa.avatar.testkit.fixture.SeededRepository;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

class InMemoryRepositoryTest extends RepositoryContract {
  private final InMemoryRepository repository =
      new InMemoryRepository(
          NAME, EMAIL, Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC));

  @Override
  public Repository repository() {
    return repository;
  }

  @Override
  public SeededRepository createRemote(String name) {
    return repository.create(url(name));
  }

  @Override
  public RepositoryUrl url(String name) {
    return RepositoryUrl.parse("https://git.example.com/" + name + ".git");
  }
}
