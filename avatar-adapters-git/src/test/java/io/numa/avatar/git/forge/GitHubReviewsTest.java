package io.numa.avatar.git.forge;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.repository.CommitChecks;
import io.numa.avatar.testkit.fixture.ReviewWorld;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GitHubReviewsTest extends ForgeReviewsContract {
  private FakeGitHub gitHub;
  private FakeReviews world;

  @Override
  FakeForge forge() {
    gitHub = new FakeGitHub();
    world = GitHubReviewApi.of(gitHub);
    return gitHub;
  }

  @Override
  protected ReviewWorld world() {
    return world;
  }

  @Override
  void forget() {
    world.threads.clear();
  }

  @AfterEach
  void allWasAsGitHubDescribesIt() {
    assertThat(gitHub.violations).isEmpty();
  }

  @Test
  void readsALogAtTheHostThatKeepsItWithoutTheToken() throws InterruptedException {
    world.fail("build", "error: no such symbol\n");
    CommitChecks.Failed failed = reviews().checks(world.repository(), world.head()).failed().get(0);

    assertThat(reviews().logEnd(world.repository(), failed.log().orElseThrow()))
        .contains("error: no such symbol\n");
    assertThat(gitHub.calls.get(gitHub.calls.size() - 1).header("Authorization")).isEmpty();
  }

  @Test
  void readsTheEndOfALongLog() throws InterruptedException {
    world.fail("build", "line\n".repeat(100_000) + "error\n");
    CommitChecks.Failed failed = reviews().checks(world.repository(), world.head()).failed().get(0);

    assertThat(reviews().logEnd(world.repository(), failed.log().orElseThrow()).orElseThrow())
        .hasSize(256 << 10)
        .endsWith("line\nerror\n");
  }
}
