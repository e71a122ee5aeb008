package io.numa.avatar.cli.queue;

import static io.numa.avatar.testkit.contract.Samples.begun;
import static io.numa.avatar.testkit.contract.Samples.done;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.nats.NatsReports.Kind;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.LogChunk;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.testkit.contract.Samples;
import io.numa.avatar.testkit.junit.NatsServerExtension;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests who follows a task's reports on a real server, from whenever on. */
class FollowedTaskTest {
  private static final TaskId TASK = new TaskId("任务 7/a b");
  private static final int LIMIT = 30;

  @RegisterExtension final NatsServerExtension nats = new NatsServerExtension(WholeWorld.LOGIN);
  private WholeWorld world;
  private final Attempt attempt = Attempt.of(TASK);
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final LinkedBlockingQueue<String> live = new LinkedBlockingQueue<>();

  @BeforeEach
  void begin() {
    world = new WholeWorld(nats.server());
  }

  @AfterEach
  void end() {
    world.close();
  }

  private void follow() throws InterruptedException {
    world
        .reports()
        .follow(
            TASK,
            report -> {
              TaskState state = WholeWorld.documents().state(report.body());
              String shown =
                  report.kind() == Kind.LOG
                      ? report.body().replaceFirst(".*\"logs\":\"([^\"]*)\\\\n\".*", "$1")
                      : state.name();
              seen.add(shown);
              live.add(shown);
              return state == TaskState.DONE;
            });
  }

  private CompletableFuture<Void> followAside() {
    var done = new CompletableFuture<Void>();
    new Thread(
            () -> {
              try {
                follow();
                done.complete(null);
              } catch (InterruptedException | RuntimeException e) {
                done.completeExceptionally(e);
              }
            })
        .start();
    return done;
  }

  private void log(int line) throws InterruptedException {
    world.reporter().append(attempt, new LogChunk(line * 7L, "line " + line + "\n"));
  }

  private void publish() {
    world.addTask(Samples.bareTask(TASK.value()));
  }

  @Test
  void seesATaskThatIsSubmittedLater() throws Exception {
    CompletableFuture<Void> following = followAside();
    publish();
    world.reporter().report(attempt, begun(1));
    assertThat(live.poll(LIMIT, SECONDS)).isEqualTo("IN_PROGRESS");
    log(0);
    log(1);
    world.reporter().report(attempt, done(2));

    following.get(LIMIT, SECONDS);
    assertThat(seen).containsExactlyInAnyOrder("IN_PROGRESS", "line 0", "line 1", "DONE");
    assertThat(seen).containsSubsequence("line 0", "line 1");
  }

  @Test
  void seesAllOfATaskThatHasEnded() throws Exception {
    publish();
    world.reporter().report(attempt, begun(1));
    for (int line = 0; line < 50; line++) {
      log(line);
    }
    world.reporter().report(attempt, done(2));

    follow();

    assertThat(seen).hasSize(52).startsWith("IN_PROGRESS", "line 0").endsWith("line 49", "DONE");
  }

  @Test
  void seesTheLastRoundOfATaskThatWasSubmittedAgain() throws Exception {
    publish();
    world.reporter().report(attempt, begun(1));
    world.reporter().report(attempt, done(2));
    world.settle(TASK);
    publish();
    var again = Attempt.of(TASK);
    world.reporter().report(again, begun(1));
    CompletableFuture<Void> following = followAside();
    assertThat(live.poll(LIMIT, SECONDS)).isEqualTo("IN_PROGRESS");
    world.reporter().report(again, done(2));

    following.get(LIMIT, SECONDS);
    assertThat(seen).containsExactly("IN_PROGRESS", "DONE");
  }

  @Test
  void goesOnAfterTheServerWasAway() throws Exception {
    publish();
    world.reporter().report(attempt, begun(1));
    CompletableFuture<Void> following = followAside();
    assertThat(live.poll(LIMIT, SECONDS)).isEqualTo("IN_PROGRESS");
    log(0);
    assertThat(live.poll(LIMIT, SECONDS)).isEqualTo("line 0");
    nats.server().kill();
    nats.server().start();
    log(1);
    world.reporter().report(attempt, done(2));

    following.get(LIMIT, SECONDS);
    assertThat(seen).containsExactly("IN_PROGRESS", "line 0", "line 1", "DONE");
  }
}
