package io.numa.avatar.git.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numa.avatar.git.settings.ReachableNetworks;
import io.numa.avatar.http.address.AllowedNetworks;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.ChangeReview;
import io.numa.avatar.port.repository.Reviews;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.testkit.contract.ReviewsContract;
import io.numa.avatar.testkit.fixture.ReviewWorld;
import java.time.Clock;
import java.util.List;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract of all HTTP services, with tests of the HTTP calls. */
abstract class ForgeReviewsContract extends ReviewsContract {
  private final FakeForge forge = forge();
  private final HttpChangeRequests requests =
      new HttpChangeRequests(
          forge
              .settings()
              .withNetworks(
                  ReachableNetworks.ANY.withAllowed(AllowedNetworks.of(List.of("localhost")))),
          Clock.systemUTC());

  abstract FakeForge forge();

  @Override
  protected Reviews reviews() {
    return requests.reviews();
  }

  @AfterEach
  void stop() {
    requests.close();
    forge.close();
  }

  @Test
  void asksAgainWhereTheServiceIsAway() throws InterruptedException {
    forge.answerOnce(call -> true, new MockResponse.Builder().code(502).build());
    forge.answerOnce(
        call -> call.path().contains("1"), new MockResponse.Builder().code(503).build());

    assertThat(reviews().read(world().repository(), world().url()).open()).isTrue();
  }

  /** The caller reads whether an unconfirmed answer is there, before it answers again. */
  @Test
  void answersOnceAlsoWhereTheServiceDoesNotConfirmIt() {
    forge.loseTheAnswer(call -> call.method().equals("POST"));

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> reviews().answer(world().repository(), world().url(), "", "Done."))
        .matches(PortException::retryable);

    assertThat(world().answers()).containsExactly("Done.");
  }

  @Test
  void answersAtTheChangeRequestWhereTheThreadIsGone() throws InterruptedException {
    world().comment(ReviewWorld.ADA, "Who closes this?");
    ChangeReview review = reviews().read(world().repository(), world().url());
    forget();

    reviews().answer(world().repository(), world().url(), review.threads().get(0).id(), "Done.");

    assertThat(reviews().read(world().repository(), world().url()).remarks()).hasSize(1);
  }

  /** Deletes all threads. */
  abstract void forget();

  @Test
  void servesNoRepositoryWithoutACredential() {
    assertThat(reviews().serves(RepositoryUrl.parse("https://git.example.com/team/shop.git")))
        .isFalse();
  }

  @Test
  void keepsTheTokenOutOfAddressesAndBodies() throws InterruptedException {
    world().comment(ReviewWorld.ADA, "Who closes this?");
    reviews().read(world().repository(), world().url());
    reviews().answer(world().repository(), world().url(), "", "Done.");

    assertThat(forge.calls)
        .allSatisfy(
            call -> {
              assertThat(call.request().getUrl().toString()).doesNotContain(FakeForge.TOKEN);
              assertThat(call.body().toString()).doesNotContain(FakeForge.TOKEN);
            });
  }
}
