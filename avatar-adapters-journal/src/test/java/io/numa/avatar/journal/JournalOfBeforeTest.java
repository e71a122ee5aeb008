package io.numa.avatar.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.Lease;
import io.numa.avatar.port.journal.EndedTask;
import io.numa.avatar.port.journal.JournaledAttempt;
import io.numa.avatar.port.journal.JournaledAttempt.Report;
import io.numa.avatar.port.journal.OutcomeWord;
import io.numa.avatar.port.journal.TaskLine;
import io.numa.avatar.port.journal.TaskQuery;
import io.numa.avatar.port.repository.PendingPush;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskMessage;
import io.numa.avatar.task.TaskMessage.Announcement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that a journal written by the avatar of commit 4d2e5ed can be opened and continued. */
class JournalOfBeforeTest {
  private static final JournaledAttempt PUSHED =
      new JournaledAttempt(
          attempt("pushed", "11111111-1111-4111-8111-111111111111")
              .withLease(new Lease(Duration.ofSeconds(90), Optional.of("7"))),
          2,
          true,
          List.of(new Report(Updates.begun(1), 0, true), new Report(Updates.begun(2), 400, false)),
          Optional.of(
              new PendingPush(
                  RepositoryUrl.parse("https://git.example.com/team/shop.git"),
                  new BranchName("dev-pushed"),
                  new CommitId("a".repeat(40)))),
          true,
          256);

  private static final JournaledAttempt FAILED =
      new JournaledAttempt(
          attempt("failed", "22222222-2222-4222-8222-222222222222"),
          1,
          true,
          List.of(
              new Report(Updates.begun(1), 0, true),
              new Report(Updates.testsFailed(2), 1000, false)),
          Optional.empty(),
          false,
          0);

  @TempDir Path directory;

  @BeforeEach
  void putItBack() throws IOException {
    try (var file = JournalOfBeforeTest.class.getResourceAsStream("journal-of-4d2e5ed.db")) {
      Files.copy(file, directory.resolve("journal.db"));
    }
  }

  @Test
  void givesWhatWasWritten() {
    try (var journal = SqliteJournal.open(directory)) {
      assertThat(journal.waiting()).containsExactly(message("m1", "waiting"));
      assertThat(journal.lastMessage()).contains(new MessageId("m5"));
      assertThat(journal.open()).containsExactly(PUSHED, FAILED);
      assertThat(journal.page(TaskQuery.ALL).tasks())
          .extracting(TaskLine::outcome)
          .containsExactly(OutcomeWord.WAITING, OutcomeWord.RUNNING, OutcomeWord.FAILED);
    }
  }

  @Test
  void goesOn() {
    try (var journal = SqliteJournal.open(directory)) {
      List<TaskMessage> shown = List.of(message("m2", "gone"), message("m6", "new"));
      assertThat(journal.accept(shown)).containsExactly(message("m6", "new"));
      journal.told(FAILED.attempt().id(), 2);
      assertThat(journal.ended(10)).isEmpty();
      journal.settle(FAILED.attempt().id(), Instant.EPOCH);
      journal.begin(Attempt.of(new TaskId("waiting")), 1);
    }

    try (var journal = SqliteJournal.open(directory)) {
      assertThat(journal.waiting()).containsExactly(message("m6", "new"));
      assertThat(journal.open()).hasSize(2).first().isEqualTo(PUSHED);
      assertThat(journal.find(new TaskId("waiting"))).isPresent();
      assertThat(journal.ended(10))
          .containsExactly(
              new EndedTask(
                  FAILED.attempt().task(), Instant.EPOCH, List.of(FAILED.attempt().id())));
    }
  }

  /** A backend that was set up anew counts from 1 again. */
  @Test
  void hearsAnOldMessageIdWithANewTask() {
    try (var journal = SqliteJournal.open(directory)) {
      List<TaskMessage> shown = List.of(message("m1", "waiting"), message("m1", "other"));
      assertThat(journal.accept(shown)).containsExactly(message("m1", "other"));
      assertThat(journal.waiting())
          .containsExactly(message("m1", "waiting"), message("m1", "other"));
    }
  }

  private static Attempt attempt(String task, String id) {
    return new Attempt(new TaskId(task), new AttemptId(UUID.fromString(id)), Optional.empty());
  }

  private static Announcement message(String id, String task) {
    return new Announcement(new MessageId(id), new TaskId(task));
  }
}
