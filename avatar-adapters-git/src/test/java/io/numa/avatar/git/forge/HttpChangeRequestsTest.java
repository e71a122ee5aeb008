package io.numa.avatar.git.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numa.avatar.git.settings.HostingService;
import io.numa.avatar.http.Json;
import io.numa.avatar.http.RetrySettings;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.repository.ChangeRequest;
import io.numa.avatar.port.repository.PendingPush;
import io.numa.avatar.port.repository.ProposedChange.Standing;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How the avatar calls services over HTTP; the same for every service. */
final class HttpChangeRequestsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final FakeGitLab forge = new FakeGitLab();

  @AfterEach
  void stop() {
    forge.close();
  }

  @Test
  void waitsForAsLongAsTheServiceAsks() throws InterruptedException {
    forge.answerOnce(
        call -> true, new MockResponse.Builder().code(429).setHeader("Retry-After", "1").build());
    long start = System.nanoTime();

    assertThat(open(forge.settings())).isEqualTo(Standing.OPENED);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
  }

  @Test
  void waitsForTheResetOfARateLimit() throws InterruptedException {
    forge.answerOnce(
        call -> true,
        new MockResponse.Builder()
            .code(403)
            .setHeader("X-RateLimit-Remaining", "0")
            .setHeader("X-RateLimit-Reset", NOW.plusSeconds(1).getEpochSecond())
            .build());

    assertThat(open(forge.settings())).isEqualTo(Standing.OPENED);
  }

  @Test
  void doesNotWaitForAnHour() {
    forge.answerOnce(
        call -> true,
        new MockResponse.Builder()
            .code(429)
            .setHeader("RateLimit-Remaining", "0")
            .setHeader("RateLimit-Reset", NOW.plusSeconds(3600).getEpochSecond())
            .build());

    PortException failure = failure(forge.settings());

    assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("asks for a pause of 1 h");
    assertThat(forge.calls).hasSize(1);
  }

  @Test
  void takesARefusalForOneWhoseRateLimitIsNotReached() {
    forge.answerOnce(
        call -> true,
        new MockResponse.Builder()
            .code(403)
            .setHeader("X-RateLimit-Remaining", "4999")
            .body("{\"message\": \"Resource not accessible by personal access token\"}")
            .build());

    PortException failure = failure(forge.settings());

    assertThat(failure.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
    assertThat(failure).hasMessageContaining("not accessible by personal access token");
  }

  @Test
  void givesUpOnAServiceThatStaysAway() {
    for (int i = 0; i < 3; i++) {
      forge.answerOnce(call -> true, new MockResponse.Builder().code(503).build());
    }

    PortException failure = failure(forge.settings());

    assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(failure).hasMessageEndingWith("answered 503 (tried 3 times)");
  }

  @Test
  void givesUpOnAServiceThatSaysNothing() {
    forge.answerOnce(
        call -> true,
        new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
    var hurried =
        forge.settings().withTimeout(Duration.ofMillis(300)).withRetries(RetrySettings.NONE);

    assertThat(failure(hurried)).hasMessageContaining("did not answer in time");
  }

  /** FastAPI, Django: a service that wants a slash at the end redirects to its own host. */
  @Test
  void followsRedirectionsOfItsOwnHost() throws InterruptedException {
    forge.answerOnce(call -> true, redirection(forge.url("/elsewhere").toString()));

    assertThat(failure(forge.settings())).hasMessageContaining("no such resource");
    assertThat(forge.calls).hasSize(2);
  }

  /** A proxy that wants a login for some seconds. */
  @Test
  void triesAgainAfterARedirectionToAnotherHost() throws InterruptedException {
    forge.answerOnce(call -> true, redirection("https://login.example.com/?then=s3cret"));
    forge.answerOnce(call -> true, new MockResponse.Builder().body("<html>Sign in</html>").build());

    assertThat(open(forge.settings())).isEqualTo(Standing.OPENED);
  }

  @Test
  void namesTheHostOfARedirectionOnly() {
    for (int i = 0; i < 3; i++) {
      forge.answerOnce(call -> true, redirection("https://login.example.com/?then=s3cret"));
    }

    assertThat(failure(forge.settings()))
        .hasMessageContaining("it leads to login.example.com")
        .hasMessageNotContaining("s3cret");
  }

  private static MockResponse redirection(String to) {
    return new MockResponse.Builder().code(301).setHeader("Location", to).build();
  }

  @Test
  void takesNoPageForAnAnswer() {
    for (int i = 0; i < 3; i++) {
      forge.answerOnce(
          call -> true, new MockResponse.Builder().body("<html>Sign in</html>").build());
    }

    PortException failure = failure(forge.settings());

    assertThat(failure.kind()).isEqualTo(FailureKind.INVALID_ANSWER);
    assertThat(failure).hasMessageContaining("without JSON").hasMessageContaining("api_url");
  }

  /** KiroCrew#5582: the token begins before the place where the service's words are cut. */
  @Test
  void leavesNoPieceOfTheTokenAtTheCut() {
    String words = "x".repeat(290) + FakeForge.TOKEN + "x".repeat(50);
    forge.answerOnce(call -> true, forge.json(422, Json.object().put("message", words)));

    assertThat(failure(forge.settings()))
        .hasMessageContaining("x***")
        .hasMessageNotContaining(FakeForge.TOKEN.substring(0, 4));
  }

  @Test
  void readsNoMoreThanItMust() {
    forge.answerOnce(
        call -> true, new MockResponse.Builder().body("[" + " ".repeat(17 << 20) + "]").build());
    forge.answerOnce(call -> true, new MockResponse.Builder().code(500).build());
    forge.answerOnce(call -> true, new MockResponse.Builder().code(500).build());

    assertThat(failure(forge.settings())).hasMessageContaining("tried 3 times");
  }

  @Test
  void asksForAnotherTokenWhenOneHasEnded() throws InterruptedException {
    var asked = new AtomicInteger();
    ForgeHost host =
        forge
            .host("")
            .withToken(
                () ->
                    Optional.of(
                        new Secret(asked.getAndIncrement() == 0 ? "an-old-one" : FakeForge.TOKEN)));

    assertThat(open(FakeForge.settings(host))).isEqualTo(Standing.OPENED);
  }

  @Test
  void saysWhereThereIsNoTokenAndNoCredential() {
    ForgeHost silent = forge.host("").withToken(Optional::empty);
    ForgeHost other = ForgeHost.of("other.example.com", HostingService.GITLAB);

    assertThat(failure(FakeForge.settings(silent)))
        .hasMessageContaining("there is no token for '127.0.0.1")
        .hasMessageContaining("api_token");
    assertThat(failure(FakeForge.settings(other)))
        .hasMessageContaining("no credential for '127.0.0.1' under git.credentials");
    assertThat(forge.calls).isEmpty();
  }

  @Test
  void keepsTheTokenFromTravellingInTheClear() {
    ForgeHost exposed = forge.host("x").withApiUrl(URI.create("http://gitlab.example.com/api/v4"));

    PortException failure = failure(FakeForge.settings(exposed));

    assertThat(failure.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
    assertThat(failure).hasMessageContaining("plain http").hasMessageContaining("allow_insecure");
  }

  @Test
  void saysWhichServicesHaveNoApiForIt() {
    ForgeHost gerrit = ForgeHost.of(forge.host("").host(), HostingService.GERRIT);

    assertThat(failure(FakeForge.settings(gerrit)))
        .hasMessageContaining("no API is known for it at gerrit");
  }

  @Test
  void asksNoServiceForARepositoryOnThisMachine() {
    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> open(forge.settings(), RepositoryUrl.parse("/srv/team/shop.git")))
        .withMessageContaining("no API is known for it at a folder");
  }

  @Test
  void refusesAnAddressWithoutAnOwner() {
    var bare = RepositoryUrl.parse(forge.url("/shop.git").toString());

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> open(forge.settings(), bare))
        .withMessageContaining("names no owner and repository");
  }

  @Test
  void endsWithAnInterrupt() throws Exception {
    var asked = new CountDownLatch(1);
    forge.answerOnce(
        call -> {
          asked.countDown();
          return true;
        },
        new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
    var outcome =
        new FutureTask<>(
            () -> catchThrowableOfType(InterruptedException.class, () -> open(forge.settings())));
    var thread = new Thread(outcome, "asks");
    thread.start();
    assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();

    thread.interrupt();

    assertThat(outcome.get(4, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
  }

  private PortException failure(ForgeSettings settings) {
    return catchThrowableOfType(PortException.class, () -> open(settings));
  }

  private Standing open(ForgeSettings settings) throws InterruptedException {
    return open(settings, forge.repository());
  }

  private Standing open(ForgeSettings settings, RepositoryUrl repository)
      throws InterruptedException {
    var pushed = new PendingPush(repository, new BranchName("dev"), new CommitId("3".repeat(40)));
    var request =
        new ChangeRequest(
            pushed, new BranchName("main"), "Title", "Body", false, List.of(), List.of());
    try (var requests = new HttpChangeRequests(settings, Clock.fixed(NOW, ZoneOffset.UTC))) {
      return requests.open(request).standing();
    }
  }
}
