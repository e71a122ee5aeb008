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
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OperationEventsTest {
  private static final TaskId TASK = new TaskId("7");

  private final OperationEvents events = new OperationEvents(Runnable::run, Runnable::run);

  @Test
  void givesEachWatcherTheEventsInTheirOrder() throws Exception {
    try (Subscription one = subscribe();
        Subscription other = subscribe()) {
      events.publish(began(1));
      events.publish(began(2));

      assertThat(taken(one)).containsExactly(began(1), began(2));
      assertThat(taken(one)).isEmpty();
      assertThat(taken(other)).containsExactly(began(1), began(2));
    }
  }

  @Test
  void joinsTheOutputThatAWatcherHasNotTakenYet() throws Exception {
    try (Subscription watcher = subscribe()) {
      for (int i = 0; i < 2 * OperationEvents.QUEUE; i++) {
        events.publish(new Printed(TASK));
      }

      assertThat(taken(watcher)).containsExactly(new Printed(TASK));
      events.publish(new Printed(TASK));
      assertThat(taken(watcher)).containsExactly(new Printed(TASK));
    }
  }

  @Test
  void tellsASlowWatcherThatEventsAreMissing() throws Exception {
    try (Subscription slow = subscribe();
        Subscription quick = subscribe()) {
      for (int i = 0; i <= OperationEvents.QUEUE; i++) {
        events.publish(began(i));
        assertThat(taken(quick)).containsExactly(began(i));
      }
      events.publish(began(-1));

      assertThat(taken(slow)).containsExactly(new Missed(), began(-1));
      assertThat(taken(slow)).isEmpty();
    }
  }

  /** Waking a watcher costs the publisher time, so it wakes one thread for many of them. */
  @Test
  void passesOnABurstAtOnceForAllWatchers() throws Exception {
    var soon = new ArrayList<Runnable>();
    var now = new ArrayList<Runnable>();
    var paced = new OperationEvents(soon::add, now::add);
    try (Subscription one = paced.subscribe().orElseThrow();
        Subscription other = paced.subscribe().orElseThrow()) {
      for (int i = 1; i < OperationEvents.QUEUE / 2; i++) {
        paced.publish(began(i));
      }
      assertThat(taken(one)).isEmpty();
      assertThat(soon).hasSize(1);
      assertThat(now).isEmpty();

      soon.get(0).run();
      assertThat(taken(one)).hasSize(OperationEvents.QUEUE / 2 - 1).isEqualTo(taken(other));
      assertThat(paced.published()).isEqualTo(OperationEvents.QUEUE / 2 - 1);
    }
  }

  @Test
  void passesOnManyEventsBeforeSomeAreMissing() throws Exception {
    var now = new ArrayList<Runnable>();
    var paced = new OperationEvents(task -> {}, now::add);
    try (Subscription watcher = paced.subscribe().orElseThrow()) {
      for (int i = 0; i < OperationEvents.QUEUE / 2; i++) {
        paced.publish(began(i));
      }

      assertThat(now).hasSize(1);
      now.get(0).run();
      assertThat(taken(watcher)).hasSize(OperationEvents.QUEUE / 2);
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
    var waiting = new FutureTask<>(() -> watcher.take(Duration.ofMinutes(1)));
    new Thread(waiting).start();

    watcher.close();
    events.publish(began(1));

    assertThat(waiting.get(50, TimeUnit.SECONDS)).isEmpty();
    assertThat(events.watchers()).isZero();
  }

  private Subscription subscribe() {
    return events.subscribe().orElseThrow();
  }

  private static List<OperationEvent> taken(Subscription watcher) throws InterruptedException {
    return watcher.take(Duration.ZERO);
  }

  private static Began began(int second) {
    return new Began(TASK, "Log in", Instant.EPOCH.plusSeconds(second));
  }
}
