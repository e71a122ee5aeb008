package io.numa.avatar.git.forge;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.repository.ChangeRequest;
import java.util.List;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GitHubTest extends ForgeContract {
  private FakeGitHub gitHub;

  @Override
  FakeForge forge() {
    gitHub = new FakeGitHub();
    return gitHub;
  }

  @Override
  MockResponse emptyList() {
    return new MockResponse.Builder().body("[]").build();
  }

  @AfterEach
  void allWasAsGitHubDescribesIt() {
    assertThat(gitHub.violations).isEmpty();
  }

  @Test
  void asksTeamsByTheirNames() throws InterruptedException {
    ChangeRequest request = request();

    requests()
        .open(
            new ChangeRequest(
                request.pushed(),
                request.target(),
                request.title(),
                request.body(),
                false,
                List.of(),
                List.of("team/backend")));

    assertThat(gitHub.requests().get(0).reviewers()).containsExactly("team/backend");
  }
}
