package io.numa.avatar.git.forge;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.repository.CommitChecks;
import io.numa.avatar.port.repository.ReviewThread;
import io.numa.avatar.port.repository.ReviewThread.Standing;
import io.numa.avatar.testkit.fixture.ReviewWorld;
import org.junit.jupiter.api.Test;

final class GitLabReviewsTest extends ForgeReviewsContract {
  private FakeReviews world;

  @Override
  FakeForge forge() {
    var gitLab = new FakeGitLab();
    world = GitLabReviewApi.of(gitLab);
    return gitLab;
  }

  @Override
  protected ReviewWorld world() {
    return world;
  }

  @Override
  void forget() {
    world.threads.clear();
  }

  @Test
  void tellsThatAThreadIsResolved() throws InterruptedException {
    world.comment(ReviewWorld.ADA, "Who closes this?");
    world.threads.get(0).resolved = true;

    assertThat(reviews().read(world.repository(), world.url()).threads())
        .extracting(ReviewThread::standing)
        .containsExactly(Standing.RESOLVED);
  }

  @Test
  void readsTheLogOfAJob() throws InterruptedException {
    world.fail("build", "error: no such symbol\n");
    CommitChecks.Failed failed = reviews().checks(world.repository(), world.head()).failed().get(0);

    assertThat(reviews().logEnd(world.repository(), failed.log().orElseThrow()))
        .contains("error: no such symbol\n");
  }
}
