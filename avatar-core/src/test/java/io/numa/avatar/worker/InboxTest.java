package io.numa.avatar.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.run.InMemoryJournal;
import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InboxTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final Journal journal = new InMemoryJournal();
  private final Inbox inbox = new Inbox(journal);

  @Test
  void givesEachMessageOnceInOrderHoweverOftenItIsShown() {
    assertThat(inbox.accept(List.of(message("1"), message("2"), message("1")), NOW)).isNotEmpty();
    assertThat(inbox.accept(List.of(message("1"), message("2")), NOW)).isEmpty();
    assertThat(inbox.accept(List.of(message("2"), message("3")), NOW)).isNotEmpty();

    assertThat(takeAll(NOW)).containsExactly(fresh("1"), fresh("2"), fresh("3"));
    assertThat(inbox.accept(List.of(message("1"), message("3")), NOW)).isEmpty();
    assertThat(takeAll(NOW)).isEmpty();
  }

  @Test
  void rejectsUnreadableMessagesBeforeOthers() {
    var unreadable = new TaskMessage.Unreadable(new MessageId("1"), "it names no task");

    assertThat(inbox.accept(List.of(unreadable, message("2")), NOW)).isNotEmpty();
    assertThat(takeAll(NOW)).containsExactly(fresh("2"));
    assertThat(inbox.accept(List.of(unreadable), NOW)).isEmpty();
    assertThat(takeAll(NOW)).isEmpty();
  }

  @Test
  void bringsDelayedMessagesBackAfterEverLongerDelays() {
    var delays = new ArrayList<Long>();
    InboxEntry entry = fresh("1");
    Instant now = NOW;

    for (int tries = 1; tries <= 9; tries++) {
      inbox.retryLater(entry, "down", now);
      Instant due = inbox.nextDue().orElseThrow();
      assertThat(inbox.next(due.minusMillis(1))).isEmpty();
      entry = inbox.next(due).orElseThrow();
      assertThat(entry)
          .isEqualTo(new InboxEntry(Optional.of(message("1")), new TaskId("t1"), tries, due));
      delays.add(Duration.between(now, due).toSeconds());
      now = due;
    }

    assertThat(delays).containsExactly(5L, 10L, 20L, 40L, 80L, 160L, 300L, 300L, 300L);
    assertThat(inbox.nextDue()).isEmpty();
  }

  @Test
  void delaysNoLongerAfterAnyNumberOfTries() {
    inbox.retryLater(
        new InboxEntry(Optional.of(message("1")), new TaskId("t1"), 1_000_000, NOW), "down", NOW);

    assertThat(inbox.nextDue()).contains(NOW.plus(Duration.ofMinutes(5)));
  }

  @Test
  void prefersWhatIsDueToWhatIsNew() {
    inbox.retryLater(fresh("1"), "down", NOW);
    inbox.retryLater(fresh("2"), "down", NOW.minusSeconds(2));
    inbox.accept(List.of(message("3")), NOW);

    assertThat(takeAll(NOW.plusSeconds(4)))
        .extracting(entry -> entry.message().orElseThrow().id().value())
        .containsExactly("2", "3");
    assertThat(takeAll(NOW.plusSeconds(5)))
        .extracting(entry -> entry.message().orElseThrow().id().value())
        .containsExactly("1");
  }

  @Test
  void givesUpWhatIsDelayedBeyondItsBound() {
    IntStream.rangeClosed(1, 10_001)
        .forEach(i -> inbox.retryLater(fresh("" + i), "down", NOW.plusMillis(i)));

    assertThat(takeAll(NOW.plusSeconds(60)))
        .hasSize(10_000)
        .last()
        .extracting(InboxEntry::message)
        .isEqualTo(Optional.of(message("10000")));
  }

  @Test
  void takesUpWhatAPreviousProcessLeftBegunTasksFirst() {
    inbox.accept(List.of(message("1"), message("2"), message("3")), NOW);
    journal.begin(Attempt.of(new TaskId("t2")), 1);
    inbox.reject(fresh("1"), "it is not wanted");
    var next = new Inbox(journal);

    next.recover(NOW);

    assertThat(takeAll(next, NOW))
        .containsExactly(new InboxEntry(Optional.empty(), new TaskId("t2"), 0, NOW), fresh("3"));
    assertThat(next.accept(List.of(message("1"), message("2"), message("3")), NOW)).isEmpty();
  }

  private List<InboxEntry> takeAll(Instant now) {
    return takeAll(inbox, now);
  }

  private static List<InboxEntry> takeAll(Inbox inbox, Instant now) {
    var taken = new ArrayList<InboxEntry>();
    for (var entry = inbox.next(now); entry.isPresent(); entry = inbox.next(now)) {
      taken.add(entry.get());
    }
    return taken;
  }

  private static TaskMessage.Announcement message(String id) {
    return new TaskMessage.Announcement(new MessageId(id), new TaskId("t" + id));
  }

  private static InboxEntry fresh(String id) {
    return new InboxEntry(Optional.of(message(id)), new TaskId("t" + id), 0, NOW);
  }
}
