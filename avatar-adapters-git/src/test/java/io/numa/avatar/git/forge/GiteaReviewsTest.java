package io.numa.avatar.git.forge;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.repository.ReviewThread;
import io.numa.avatar.port.repository.ReviewThread.Standing;
import io.numa.avatar.testkit.fixture.ReviewWorld;
import org.junit.jupiter.api.Test;

final class GiteaReviewsTest extends ForgeReviewsContract {
  private GiteaReviewApi api;

  @Override
  FakeForge forge() {
    var gitea = new FakeGitea();
    api = GiteaReviewApi.of(gitea);
    return gitea;
  }

  @Override
  protected ReviewWorld world() {
    return api.world();
  }

  @Override
  void forget() {
    api.world().threads.clear();
  }

  @Test
  void tellsThatAThreadIsResolved() throws InterruptedException {
    world().comment(ReviewWorld.ADA, "Who closes this?");
    api.world().threads.get(0).resolved = true;

    assertThat(reviews().read(world().repository(), world().url()).threads())
        .extracting(ReviewThread::standing)
        .containsExactly(Standing.RESOLVED);
  }

  /** A plain token may not ask for permissions, but may ask who is a collaborator. */
  @Test
  void takesCollaboratorsForThoseWhoMayPushWhereItMayNotAsk() throws InterruptedException {
    api.plain = true;

    assertThat(reviews().mayWrite(world().repository(), ReviewWorld.ADA)).isTrue();
    assertThat(reviews().mayWrite(world().repository(), "team")).isTrue();
    assertThat(reviews().mayWrite(world().repository(), "mallory")).isFalse();
  }
}
