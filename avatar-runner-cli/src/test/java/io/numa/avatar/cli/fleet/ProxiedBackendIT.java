package io.numa.avatar.cli.fleet;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.cli.endurance.AvatarHome;
import io.numa.avatar.cli.endurance.AvatarProcess;
import io.numa.avatar.testkit.server.BackendRequest;
import io.numa.avatar.testkit.server.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Tests {@code avatar run} with a backend behind a proxy that answers in its place: every task ends
 * once, and every log is whole. In the short form, all endpoints are disturbed at once, each in
 * another manner, in turn; {@code -Psoak} disturbs one endpoint at a time, for longer.
 */
@Execution(ExecutionMode.CONCURRENT)
class ProxiedBackendIT {
  private static final Duration LIMIT = Duration.ofMinutes(Fleet.SOAK ? 10 : 2);
  private static final Duration PHASE = Duration.ofMillis(Fleet.SOAK ? 4000 : 700);

  /** About 100 kB in three seconds, so that logs are sent while the proxy disturbs. */
  private static final String PRINT =
      "for i in 1 2 3 4 5 6 7 8 9 10; do seq 1 2000; sleep 0.25; done";

  /** What the proxy does. */
  private enum Manner {
    REDIRECTS(Fault.status(302, "Location", "http://login.example.com/?session=1")),
    LIMITS_BODIES(new Fault.LimitsBodies(20_000)),
    TAKES_NO_BODY(Fault.page(413)),
    LIMITS_THE_RATE(Fault.status(429, "Retry-After", "1")),
    ANSWERS_NOTHING(new Fault.AnswersEmpty()),
    SHOWS_PAGES(Fault.htmlPage()),
    SAYS_400(Fault.page(400)),
    SAYS_405(Fault.page(405)),
    SAYS_422(Fault.page(422)),
    SAYS_502(Fault.page(502));

    @SuppressWarnings("ImmutableEnumChecker") // faults have no state
    private final Fault fault;

    Manner(Fault fault) {
      this.fault = fault;
    }
  }

  /** Where it does that. */
  private enum Endpoint {
    MESSAGES(request -> request.path().endsWith("/messages")),
    TASKS(request -> request.path().matches(".*/tasks/[0-9]+")),
    APPLICATIONS(request -> request.path().contains("/applications/")),
    STATUSES(request -> request.path().endsWith("/status")),
    LOGS(request -> request.path().endsWith("/logs"));

    @SuppressWarnings("ImmutableEnumChecker") // the conditions hold nothing
    private final Predicate<BackendRequest> requests;

    Endpoint(Predicate<BackendRequest> requests) {
      this.requests = requests;
    }
  }

  @TempDir Path folder;
  private int tasks;

  @Test
  void endsEveryTaskOnceWithAWholeLogWhateverTheProxySays() throws Exception {
    try (var fleet = new Fleet(folder);
        AvatarProcess avatar =
            Fleet.noting(AvatarHome.make(fleet.folder("one"), fleet.backend.url()))
                .set("avatar.id", "one")
                .set("avatar.concurrency", 4)
                .start()) {
      fleet.announce(tasks, PRINT.replace("0.25", "0"));
      Fleet.await("a healthy task: " + avatar.console(), LIMIT, () -> fleet.hasEnded(0));

      disturb(fleet);

      for (int task = 1; task <= tasks; task++) {
        int each = task;
        Fleet.await("the end of task " + task, LIMIT, () -> fleet.hasEnded(each));
        assertThat(fleet.lastWord(task)).as(() -> fleet.backend.log(each)).contains("done");
      }
      assertThat(fleet.backend.violations()).as(avatar.console()).isEmpty();
      for (int task = 0; task <= tasks; task++) {
        fleet.assertDelivered(task);
        fleet.assertLogs(task, "one");
        assertThat(fleet.runs(task)).as("runs of task %s", task).isOne();
      }
      assertThat(avatar.console()).doesNotContain("is rejected").doesNotContain("session=1");
    }
  }

  private void disturb(Fleet fleet) throws InterruptedException {
    Manner[] manners = Manner.values();
    Endpoint[] endpoints = Endpoint.values();
    for (int first = 0; first < manners.length; first++) {
      for (int at = 0; at < endpoints.length; at++) {
        Manner manner = manners[(first + at) % manners.length];
        fleet.backend.misbehave(Integer.MAX_VALUE, endpoints[at].requests, manner.fault);
        if (Fleet.SOAK) {
          phase(fleet);
        }
      }
      if (!Fleet.SOAK) {
        phase(fleet);
      }
    }
  }

  /** Lets the proxy disturb for a while a task that is announced now; then it is itself again. */
  private void phase(Fleet fleet) throws InterruptedException {
    tasks++;
    fleet.announce(tasks, PRINT);
    new CountDownLatch(1).await(PHASE.toNanos(), NANOSECONDS);
    fleet.backend.behave();
  }
}
