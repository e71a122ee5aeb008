package io.numa.avatar.testkit;

import io.numa.avatar.port.repository.Reviews;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.testkit.contract.ReviewsContract;
import io.numa.avatar.testkit.fixture.ReviewWorld;

class InMemoryReviewsTest extends ReviewsContract {
  private final InMemoryReviews reviews =
      new InMemoryReviews(RepositoryUrl.parse("https://git.example.com/team/shop.git"));

  @Override
  protected Reviews reviews() {
    return reviews;
  }

  @Override
  protected ReviewWorld world() {
    return reviews;
  }
}
