package io.numa.avatar.testkit.contract.journal;

import static io.numa.avatar.testkit.contract.journal.JournalSamples.OTHER;
import static io.numa.avatar.testkit.contract.journal.JournalSamples.TASK;
import static io.numa.avatar.testkit.contract.journal.JournalSamples.message;
import static io.numa.avatar.testkit.contract.journal.JournalSamples.onThreads;
import static io.numa.avatar.testkit.contract.journal.JournalSamples.unreadable;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.journal.MessageJournal;
import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskMessage;
import io.numa.avatar.task.TaskMessage.Announcement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The tests that every {@link MessageJournal} must pass. */
public abstract class MessageJournalContract {
  private final Attempt attempt = Attempt.of(TASK);

  /** A journal that was empty when the test began; the same for all of one test. */
  protected abstract Journal journal();

  @Test
  void keepsWhenAMessageWasMade() {
    var message =
        new Announcement(
            new MessageId("m1"), TASK, Optional.of(Instant.parse("2025-08-03T10:00:00.123456Z")));

    journal().accept(List.of(message));

    assertThat(journal().waiting())
        .extracting(Announcement::createdAt)
        .containsExactly(Optional.of(Instant.parse("2025-08-03T10:00:00.123Z")));
    assertThat(journal().knows(message("m1", TASK))).isTrue();
  }

  @Test
  void knowsNothingAtFirst() {
    assertThat(journal().lastMessage()).isEmpty();
    assertThat(journal().waiting()).isEmpty();
  }

  @Test
  void givesMessagesItHasNotSeenInTheirOrder() {
    var first = journal().accept(List.of(message("c", TASK), unreadable("a")));
    var second = journal().accept(List.of(unreadable("a"), message("b", OTHER), unreadable("c")));

    assertThat(first).containsExactly(message("c", TASK), unreadable("a"));
    assertThat(second).containsExactly(message("b", OTHER), unreadable("c"));
  }

  /** A backend that was set up anew counts from 1 again. */
  @Test
  void knowsAMessageByItsIdAndItsTask() {
    journal().accept(List.of(message("a", TASK), unreadable("b")));

    assertThat(journal().accept(List.of(message("a", OTHER), message("b", TASK), unreadable("b"))))
        .containsExactly(message("a", OTHER), message("b", TASK));
    journal().reject(message("a", OTHER), "it is gone");
    assertThat(journal().waiting()).containsExactly(message("a", TASK), message("b", TASK));
  }

  @Test
  void knowsWhatItAcceptedOrRejectedAndForgetsItOnlyWhenItStartsOver() {
    journal().accept(List.of(message("a", TASK), message("b", TASK), unreadable("c")));
    journal().reject(message("d", TASK), "it is gone");
    journal().begin(attempt, 1);
    journal().settle(attempt.id(), Instant.EPOCH);

    for (TaskMessage known :
        List.of(message("a", TASK), message("b", TASK), unreadable("c"), message("d", TASK))) {
      assertThat(journal().knows(known)).as(known.toString()).isTrue();
    }
    assertThat(journal().knows(message("a", OTHER))).isFalse();
    assertThat(journal().knows(unreadable("a"))).isFalse();
    assertThat(journal().knows(message("e", TASK))).isFalse();
    journal().startOver();
    assertThat(journal().knows(message("a", TASK))).isFalse();
  }

  @Test
  void givesAMessageOnceThatComesTwiceAtOnce() {
    var messages = List.<TaskMessage>of(message("a", TASK), message("a", TASK));

    assertThat(journal().accept(messages)).containsExactly(message("a", TASK));
    assertThat(journal().waiting()).containsExactly(message("a", TASK));
  }

  @Test
  void givesNothingOfTenThousandMessagesTheSecondTime() {
    List<TaskMessage> messages =
        IntStream.range(0, 10_000)
            .<TaskMessage>mapToObj(i -> message("m" + i, new TaskId("t" + i)))
            .toList();

    assertThat(journal().accept(messages)).isEqualTo(messages);
    assertThat(journal().accept(messages)).isEmpty();
    assertThat(journal().waiting()).isEqualTo(messages);
  }

  @Test
  void takesInNoMessages() {
    assertThat(journal().accept(List.of())).isEmpty();
    assertThat(journal().lastMessage()).isEmpty();
  }

  @Test
  void knowsTheMessageThatWasTakenInLast() {
    journal().accept(List.of(message("z", TASK), unreadable("a")));
    journal().accept(List.of(message("z", TASK)));

    assertThat(journal().lastMessage()).contains(new MessageId("a"));
  }

  @Test
  void keepsAnnouncementsWaitingInTheOrderTheyCame() {
    journal().accept(List.of(message("z", OTHER), unreadable("u")));
    journal().accept(List.of(message("a", TASK), message("b", OTHER)));

    assertThat(journal().waiting())
        .containsExactly(message("z", OTHER), message("a", TASK), message("b", OTHER));
  }

  @Test
  void putsAMessageAwayForGood() {
    journal().accept(List.of(message("a", TASK), message("b", OTHER)));

    journal().reject(message("b", OTHER), "it is gone");
    journal().reject(message("b", OTHER), "it is still gone");

    assertThat(journal().waiting()).containsExactly(message("a", TASK));
    assertThat(journal().lastMessage()).contains(new MessageId("b"));
    assertThat(journal().accept(List.of(message("b", OTHER)))).isEmpty();
  }

  @Test
  void putsAMessageAwayThatWasNeverTakenIn() {
    journal().accept(List.of(message("a", TASK)));

    journal().reject(message("b", OTHER), "too old");

    assertThat(journal().lastMessage()).contains(new MessageId("a"));
    assertThat(journal().accept(List.of(message("b", OTHER)))).isEmpty();
    assertThat(journal().waiting()).containsExactly(message("a", TASK));
  }

  @Test
  void givesEveryMessageAgainOfASourceThatHasBegunAnew() {
    journal().accept(List.of(message("a", TASK), message("b", OTHER), unreadable("c")));
    journal().begin(attempt, 1);

    journal().startOver();

    assertThat(journal().lastMessage()).isEmpty();
    assertThat(journal().waiting()).containsExactly(message("b", OTHER));
    assertThat(journal().accept(List.of(message("a", TASK), message("b", OTHER), unreadable("c"))))
        .containsExactly(message("a", TASK), unreadable("c"));
    assertThat(journal().lastMessage()).contains(new MessageId("c"));
  }

  @Test
  void waitsNoMoreForATaskThatIsBegun() {
    journal().accept(List.of(message("a", TASK), message("b", OTHER), message("c", TASK)));

    journal().begin(attempt, 1);

    assertThat(journal().waiting()).containsExactly(message("b", OTHER));
    assertThat(journal().accept(List.of(message("a", TASK)))).isEmpty();
  }

  @Test
  void waitsForATaskThatIsAnnouncedAgainAfterItWasBegun() {
    journal().begin(attempt, 1);

    journal().accept(List.of(message("a", TASK)));

    assertThat(journal().waiting()).containsExactly(message("a", TASK));
  }

  @Test
  void keepsWhatItGaveAsItWas() {
    journal().accept(List.of(message("a", TASK)));
    var waiting = journal().waiting();

    journal().begin(attempt, 1);

    assertThat(waiting).containsExactly(message("a", TASK));
  }

  @Test
  void givesEachMessageToOneOfSeveralThreads() throws Exception {
    List<TaskMessage> messages =
        IntStream.range(0, 200)
            .<TaskMessage>mapToObj(i -> message("m" + i, new TaskId("t" + i)))
            .toList();

    var taken =
        onThreads(
            thread -> {
              var mine = new ArrayList<TaskMessage>();
              for (TaskMessage message : messages) {
                mine.addAll(journal().accept(List.of(message)));
              }
              return mine;
            });

    assertThat(taken.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(messages);
    assertThat(journal().waiting()).containsExactlyInAnyOrderElementsOf(announcements(messages));
  }

  private static List<Announcement> announcements(List<TaskMessage> messages) {
    return messages.stream().map(Announcement.class::cast).toList();
  }
}
