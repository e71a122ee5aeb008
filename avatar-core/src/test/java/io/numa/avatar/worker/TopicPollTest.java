package io.numa.avatar.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.MessageSource;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.run.InMemoryJournal;
import io.numa.avatar.run.guard.DiskFloor;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskMessage;
import io.numa.avatar.task.TopicId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Tests what is heard of a backend that was set up anew and numbers its messages from 1 again. */
class TopicPollTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final Journal journal = new InMemoryJournal();
  private final Backend backend = new Backend();
  private Inbox inbox = new Inbox(journal);

  /** Shows the messages with higher numbers than the one that is asked for, two at once. */
  private static final class Backend implements MessageSource {
    final List<TaskMessage> messages = new ArrayList<>();
    int requests;
    boolean refuses;
    boolean ordered = true;

    @Override
    public TopicId topic(String name) {
      return new TopicId("1");
    }

    @Override
    public boolean ordersMessages() {
      return ordered;
    }

    @Override
    public List<TaskMessage> poll(TopicId topic, Optional<MessageId> after, Duration wait) {
      requests++;
      if (refuses && after.isPresent()) {
        throw new PortException(FailureKind.INVALID_ANSWER, "could not read: no such number");
      }
      int last = after.map(id -> Integer.parseInt(id.value())).orElse(0);
      return messages.stream()
          .filter(message -> Integer.parseInt(message.id().value()) > last)
          .limit(2)
          .toList();
    }

    void announce(String... tasks) {
      for (String task : tasks) {
        String id = String.valueOf(messages.size() + 1);
        messages.add(new TaskMessage.Announcement(new MessageId(id), new TaskId(task)));
      }
    }

    void setUpAnew(String... tasks) {
      messages.clear();
      announce(tasks);
    }
  }

  /** The poll of a new process, which keeps the journal. */
  private TopicPoll process() {
    inbox = new Inbox(journal);
    var settings =
        new WorkerSettings(
            "tasks", 1, Duration.ZERO, Duration.ZERO, OptionalInt.empty(), DiskFloor.NONE);
    return new TopicPoll(settings, backend, inbox, Clock.fixed(NOW, ZoneOffset.UTC), () -> {});
  }

  /** The tasks that so many polls give; they count as begun afterwards. */
  private List<String> heard(TopicPoll poll, int polls) throws InterruptedException {
    for (int i = 0; i < polls; i++) {
      poll.poll();
    }
    var tasks = new ArrayList<String>();
    for (var entry = inbox.next(NOW); entry.isPresent(); entry = inbox.next(NOW)) {
      TaskId task = entry.get().task();
      tasks.add(task.value());
      journal.begin(Attempt.of(task), 1);
    }
    return tasks;
  }

  @Test
  void hearsTheTasksOfABackendSetUpAnewWithFewerMessages() throws InterruptedException {
    backend.announce("a", "b", "c");
    assertThat(heard(process(), 4)).containsExactly("a", "b", "c");

    backend.setUpAnew("x");

    assertThat(heard(process(), 2)).containsExactly("x");
  }

  @Test
  void hearsTasksWithTheSameIdsAsThoseOfBefore() throws InterruptedException {
    backend.announce("1", "2", "3");
    heard(process(), 4);

    backend.setUpAnew("1", "2");

    assertThat(heard(process(), 2)).containsExactly("1", "2");
  }

  @Test
  void hearsTheTasksOfABackendSetUpAnewWithMoreMessages() throws InterruptedException {
    backend.announce("a", "b");
    heard(process(), 2);

    backend.setUpAnew("x", "y", "z");

    assertThat(heard(process(), 3)).containsExactlyInAnyOrder("x", "y", "z");
  }

  /** Such as a backend without messages, whose source makes one for each round of a task. */
  @Test
  void neverLooksBackNorStartsOverWithoutAnOrder() throws InterruptedException {
    backend.ordered = false;
    backend.announce("a", "b");
    TopicPoll poll = process();
    assertThat(heard(poll, 1)).containsExactly("a", "b");
    backend.messages.clear();
    backend.messages.add(new TaskMessage.Announcement(new MessageId("7"), new TaskId("a")));
    int before = backend.requests;

    assertThat(heard(poll, 2)).containsExactly("a");

    assertThat(backend.requests - before).isEqualTo(2);
    assertThat(journal.knows(new TaskMessage.Announcement(new MessageId("2"), new TaskId("b"))))
        .isTrue();
  }

  /** Such a source reads a long list at every poll. */
  @Test
  void restsAsLongAsASourceWithoutAnOrderHasRead() throws InterruptedException {
    backend.ordered = false;
    Duration read = Duration.ofMillis(40);
    Iterator<Instant> times = List.of(NOW, NOW.plus(read)).iterator();
    var settings =
        new WorkerSettings(
            "tasks", 1, Duration.ZERO, Duration.ZERO, OptionalInt.empty(), DiskFloor.NONE);
    var clock =
        new Clock() {
          @Override
          public Instant instant() {
            return times.next();
          }

          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }
        };
    var poll = new TopicPoll(settings, backend, inbox, clock, () -> {});
    long begin = System.nanoTime();

    poll.poll();

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(read);
  }

  @Test
  void hearsNothingTwiceOfTheSameBackend() throws InterruptedException {
    backend.announce("a", "b", "c", "d", "e");
    assertThat(heard(process(), 4)).hasSize(5);

    assertThat(heard(process(), 2)).isEmpty();
  }

  @Test
  void looksBackOnlyNowAndThen() throws InterruptedException {
    backend.announce("a", "b", "c");
    TopicPoll poll = process();
    heard(poll, 4);
    int before = backend.requests;

    heard(poll, 3);

    assertThat(backend.requests - before).isEqualTo(3);
  }

  @Test
  void asksForAllMessagesWhereThePlaceIsRefused() throws InterruptedException {
    backend.announce("a");
    TopicPoll poll = process();
    heard(poll, 1);
    backend.refuses = true;
    backend.announce("b");

    assertThatExceptionOfType(PortException.class).isThrownBy(poll::poll).satisfies(poll::failed);

    assertThat(heard(poll, 1)).containsExactly("b");
  }
}
