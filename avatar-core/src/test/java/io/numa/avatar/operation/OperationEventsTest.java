package io.numa.avatar.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.operation.OperationEvent.Began;
import io.numa.avatar.operation.OperationEvent.Missed;
import io.numa.avatar.operation.OperationEvent.Printed;
import io.numa.avatar.operation.OperationEvents.Subscription;
import io.numa.avatar.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OperationEventsTest {
  private static final TaskId TASK = new TaskId("7");

  private final OperationEvents events = new OperationEvents();

  @Test
  void givesEachWatcherTheEventsInTheirOrder() throws Exception {
    try (Subscription one = subscribe();
        Subscription other = subscribe()) {
      events.publish(began(1));
      events.publish(began(2));

      assertThat(next(one)).contains(began(1));
      assertThat(next(one)).contains(began(2));
      assertThat(next(one)).isEmpty();
      assertThat(next(other)).contains(began(1));
    }
  }

  @Test
  void joinsTheOutputThatAWatcherHasNotTakenYet() throws Exception {
    try (Subscription watcher = subscribe()) {
      for (int i = 0; i < 2 * OperationEvents.QUEUE; i++) {
        events.publish(new Printed(TASK));
      }

      assertThat(next(watcher)).contains(new Printed(TASK));
      assertThat(next(watcher)).isEmpty();
      events.publish(new Printed(TASK));
      assertThat(next(watcher)).contains(new Printed(TASK));
    }
  }

  @Test
  void tellsASlowWatcherThatEventsAreMissing() throws Exception {
    try (Subscription slow = subscribe();
        Subscription quick = subscribe()) {
      for (int i = 0; i <= OperationEvents.QUEUE; i++) {
        events.publish(began(i));
        assertThat(next(quick)).contains(began(i));
      }
      events.publish(began(-1));

      assertThat(next(slow)).contains(new Missed());
      assertThat(next(slow)).contains(began(-1));
      assertThat(next(slow)).isEmpty();
    }
  }

  @Test
  void refusesMoreWatchersThanItServes() {
    var watchers = new ArrayList<Subscription>();
    for (int i = 0; i < OperationEvents.WATCHERS; i++) {
      watchers.add(subscribe());
    }

    assertThat(events.subscribe()).isEmpty();
    watchers.get(0).close();
    assertThat(events.subscribe()).isPresent();
  }

  @Test
  void aClosedSubscriptionEndsItsWait() throws Exception {
    Subscription watcher = subscribe();
    var waiting = new FutureTask<>(() -> watcher.next(Duration.ofMinutes(1)));
    new Thread(waiting).start();

    watcher.close();
    events.publish(began(1));

    assertThat(waiting.get(50, TimeUnit.SECONDS)).isEmpty();
    assertThat(events.watchers()).isZero();
  }

  private Subscription subscribe() {
    return events.subscribe().orElseThrow();
  }

  private static Optional<OperationEvent> next(Subscription watcher) throws InterruptedException {
    return watcher.next(Duration.ZERO);
  }

  private static Began began(int second) {
    return new Began(TASK, "Log in", Instant.EPOCH.plusSeconds(second));
  }
}
