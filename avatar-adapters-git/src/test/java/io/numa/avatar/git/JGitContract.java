package io.numa.avatar.git;

import io.numa.avatar.git.settings.GitIdentity;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.port.repository.Repository;
import io.numa.avatar.testkit.contract.RepositoryContract;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.server.GitServer;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract against a real server. Subclasses differ in the way to reach it. */
abstract class JGitContract extends RepositoryContract {
  static final GitIdentity IDENTITY = new GitIdentity(NAME, EMAIL);
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

  GitServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = GitServer.start(temp.resolve("server"));
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  /** The settings under test. */
  abstract GitSettings settings() throws IOException;

  @Override
  public Repository repository() throws IOException {
    return new JGitRepository(settings(), CLOCK);
  }

  @Override
  public SeededRepository createRemote(String name) {
    return server.createRepository(name);
  }
}
