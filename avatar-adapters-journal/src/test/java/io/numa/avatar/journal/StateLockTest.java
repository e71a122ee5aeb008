package io.numa.avatar.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateLockTest {
  @TempDir Path directory;

  @Test
  void letsOneJournalOfAProcessUseADirectory() {
    try (var journal = SqliteJournal.open(directory)) {
      assertThatExceptionOfType(StateException.class)
          .isThrownBy(() -> SqliteJournal.open(directory.resolve(".")))
          .withMessage(refusal("this process"));
      assertThat(journal.open()).isEmpty();
    }
  }

  @Test
  void staysTakenAfterAnotherTryInTheSameProcess() throws Exception {
    try (var journal = SqliteJournal.open(directory)) {
      assertThatExceptionOfType(StateException.class)
          .isThrownBy(() -> SqliteJournal.open(directory));

      try (var child = ChildJournal.start(directory, 1)) {
        assertThat(child.line()).isEqualTo(refusal("process " + ProcessHandle.current().pid()));
      }
      assertThat(journal.open()).isEmpty();
    }
  }

  @Test
  void isFreeAgainWhenTheJournalIsClosed() {
    SqliteJournal.open(directory).close();

    try (var journal = SqliteJournal.open(directory)) {
      assertThat(journal.open()).isEmpty();
    }
  }

  @Test
  void isFreeAgainWhenTheProcessThatHeldItIsKilled() throws Exception {
    try (var child = ChildJournal.start(directory, 1)) {
      assertThat(child.line()).isEqualTo("open");
      assertThatExceptionOfType(StateException.class)
          .isThrownBy(() -> SqliteJournal.open(directory))
          .withMessage(refusal("process " + child.pid()));

      child.kill();
    }

    try (var journal = SqliteJournal.open(directory)) {
      assertThat(directory.resolve("lock")).hasContent(ProcessHandle.current().pid() + "\n");
      assertThat(journal.durable()).isTrue();
    }
  }

  @Test
  void takesTheFileOfOneThatHadALongerNumber() throws Exception {
    Files.writeString(directory.resolve("lock"), "123456789012345\n");

    try (var lock = StateLock.take(directory)) {
      assertThat(lock.directory().resolve("lock")).hasContent(ProcessHandle.current().pid() + "\n");
    }
  }

  private String refusal(String who) {
    return "could not use the state directory '"
        + directory
        + "': an avatar is using it ("
        + who
        + "); stop that one, or give this one another avatar.state_dir";
  }
}
