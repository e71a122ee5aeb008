package io.numa.avatar.run.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.journal.EndedTask;
import io.numa.avatar.port.journal.HistoryJournal;
import io.numa.avatar.run.InMemoryJournal;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.testkit.ManualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
  private static final Duration KEEP = Duration.ofDays(30);
  private static final int SIZE = 1000;

  @TempDir Path folder;
  private final ManualClock clock = ManualClock.at("2025-08-03T10:00:00Z");
  private final InMemoryJournal journal = new InMemoryJournal();
  private TaskFiles files;

  @BeforeEach
  void locate() {
    files = new TaskFiles(folder.resolve("logs"), folder.resolve("workspace"));
  }

  @Test
  void anEndedTaskGoesWhenItsTimeIsOver() throws IOException {
    Attempt old = ended("old");
    clock.advance(Duration.ofDays(1));
    Attempt recent = ended("recent");
    clock.advance(KEEP.minusHours(1));

    history(Long.MAX_VALUE).tidy();

    assertThat(logOf(old).getParent()).doesNotExist();
    assertThat(logOf(recent)).exists();
    assertThat(journal.has(old.id())).isFalse();
    assertThat(journal.has(recent.id())).isTrue();
  }

  @Test
  void allAttemptsAtATaskGoTogether() throws IOException {
    Attempt first = begun("task");
    Attempt second = begun("task");
    journal.settle(second.id(), clock.instant());
    clock.advance(KEEP.plusHours(1));

    history(Long.MAX_VALUE).tidy();

    assertThat(logOf(first)).doesNotExist();
    assertThat(logOf(second)).doesNotExist();
  }

  @Test
  void whereTheLogsAreTooLargeTheTasksThatEndedFirstGo() throws IOException {
    List<Attempt> all = IntStream.range(0, 5).mapToObj(this::endedAfterAnHour).toList();

    history(3 * SIZE).tidy();

    assertThat(all.stream().filter(each -> Files.exists(logOf(each)))).isEqualTo(all.subList(2, 5));
  }

  /** The reports of an open attempt may be undelivered, however long the backend is down. */
  @Test
  void undeliveredLogsAndTheAvatarsOwnLogStay() throws IOException {
    Attempt open = begun("open");
    Attempt again = ended("again");
    begun("again");
    Path own = Files.write(folder.resolve("logs/avatar.log"), new byte[SIZE]);
    Path other = Files.write(folder.resolve("logs/again/notes.txt"), new byte[SIZE]);
    FileTime longAgo = FileTime.from(clock.instant().minus(KEEP.multipliedBy(2)));
    for (Path file : List.of(logOf(open), logOf(again), own, other)) {
      Files.setLastModifiedTime(file, longAgo);
    }
    clock.advance(KEEP.multipliedBy(2));

    history(1).tidy();

    assertThat(List.of(logOf(open), logOf(again), own, other))
        .allSatisfy(f -> assertThat(f).exists());
  }

  /** A process that was killed had removed the log and not yet the record, or knew of neither. */
  @Test
  void recordsWithoutLogsAndLogsWithoutRecordsGo() throws IOException {
    Attempt withoutLog = ended("one");
    Files.delete(logOf(withoutLog));
    Attempt unknown = Attempt.of(new TaskId("two"));
    Attempt young = Attempt.of(new TaskId("three"));
    write(unknown, clock.instant().minusSeconds(1));
    write(young, clock.instant().plusSeconds(60));
    Path tail = Files.createDirectories(logOf(unknown).resolveSibling(unknown.id() + ".log.tail"));
    Files.write(tail.resolve("0-0"), new byte[1]);
    clock.advance(KEEP.plusSeconds(1));

    history(Long.MAX_VALUE).tidy();

    assertThat(journal.has(withoutLog.id())).isFalse();
    assertThat(logOf(withoutLog).getParent()).doesNotExist();
    assertThat(logOf(unknown).getParent()).doesNotExist();
    assertThat(logOf(young)).exists();
  }

  @Test
  void emptyFoldersOfWorkingCopiesGoAndKeptOnesStay() throws IOException {
    Attempt gone = ended("gone");
    Attempt kept = ended("kept");
    Path empty = Files.createDirectories(files.home(gone.task(), gone.id()).getParent());
    Path home = Files.createDirectories(files.home(kept.task(), kept.id()));
    clock.advance(KEEP.plusHours(1));

    history(Long.MAX_VALUE).tidy();

    assertThat(empty).doesNotExist();
    assertThat(home).exists();
  }

  @Test
  void aPassIsBoundedAndTheNextOneIsAnHourLater() throws IOException {
    List<Attempt> all = IntStream.range(0, History.AT_ONCE + 1).mapToObj(this::endedNow).toList();
    Attempt last = all.get(History.AT_ONCE);
    clock.advance(KEEP.plusHours(1));
    History history = history(Long.MAX_VALUE);

    history.tidy();
    assertThat(journal.has(all.get(0).id())).isFalse();
    assertThat(journal.has(last.id())).isTrue();
    clock.advance(Duration.ofMinutes(59));
    history.tidy();
    assertThat(journal.has(last.id())).isTrue();
    clock.advance(Duration.ofMinutes(1));
    history.tidy();

    assertThat(journal.has(last.id())).isFalse();
  }

  @Test
  void aPreviewSaysWhatWouldGoAndRemovesNothing() throws IOException {
    Attempt old = ended("old");
    Files.write(files.patch(old.task(), old.id()).path(), new byte[7]);
    Files.write(files.record(old.task(), old.id()), new byte[8]);
    Path tail = Files.createDirectories(logOf(old).resolveSibling(old.id() + ".log.tail"));
    Files.write(tail.resolve("0-0"), new byte[9]);
    write(Attempt.of(new TaskId("unknown")), clock.instant());
    clock.advance(KEEP.plusHours(1));
    ended("recent");
    History history = history(Long.MAX_VALUE);
    var expected = new History.Removal(1, 1, 2 * SIZE + 7 + 8 + 9);

    assertThat(history.preview()).isEqualTo(expected);
    assertThat(history.preview()).isEqualTo(expected);
    assertThat(journal.has(old.id())).isTrue();

    assertThat(history.collect()).isEqualTo(expected);
    assertThat(logOf(old).getParent()).doesNotExist();
    assertThat(history.preview()).isEqualTo(new History.Removal(0, 0, 0));
  }

  @Test
  void otherLimitsHoldFromTheNextPassOn() throws IOException {
    ended("old");
    clock.advance(KEEP.dividedBy(2));
    History history = history(Long.MAX_VALUE);
    assertThat(history.preview().tasks()).isZero();

    history.use(new HistoryLimits(KEEP.dividedBy(3), Long.MAX_VALUE));

    assertThat(history.collect().tasks()).isEqualTo(1);
  }

  @Test
  void anOperatorRemovesAllThatHasToGoAtOnce() throws IOException {
    int all = History.AT_ONCE + 5;
    IntStream.range(0, all).forEach(this::endedNow);
    clock.advance(KEEP.plusHours(1));
    History history = history(Long.MAX_VALUE);

    assertThat(history.collect().tasks()).isEqualTo(all);
  }

  @Test
  void aJournalThatCannotBeReadEndsNothing() throws IOException {
    Attempt old = ended("old");
    clock.advance(KEEP.plusHours(1));

    new History(files, new Unreadable(), new HistoryLimits(KEEP, SIZE), clock).tidy();

    assertThat(logOf(old)).exists();
  }

  private History history(long maxSize) {
    return new History(files, journal, new HistoryLimits(KEEP, maxSize), clock);
  }

  private Attempt endedNow(int number) {
    Attempt attempt = Attempt.of(new TaskId("t" + number));
    journal.begin(attempt, 1);
    journal.settle(attempt.id(), clock.instant().plusMillis(number));
    return attempt;
  }

  private Attempt endedAfterAnHour(int number) {
    try {
      clock.advance(Duration.ofHours(1));
      return ended("t" + number);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Attempt ended(String task) throws IOException {
    Attempt attempt = begun(task);
    journal.settle(attempt.id(), clock.instant());
    return attempt;
  }

  private Attempt begun(String task) throws IOException {
    Attempt attempt = Attempt.of(new TaskId(task));
    journal.begin(attempt, 1);
    write(attempt, clock.instant());
    return attempt;
  }

  private void write(Attempt attempt, Instant time) throws IOException {
    Path log = logOf(attempt);
    Files.createDirectories(log.getParent());
    Files.setLastModifiedTime(Files.write(log, new byte[SIZE]), FileTime.from(time));
  }

  private Path logOf(Attempt attempt) {
    return files.log(attempt.task(), attempt.id());
  }

  private static final class Unreadable implements HistoryJournal {
    @Override
    public List<EndedTask> ended(int limit) {
      throw new PortException(FailureKind.UNAVAILABLE, "the disk is gone");
    }

    @Override
    public void forget(EndedTask task) {
      throw new AssertionError("nothing was found");
    }

    @Override
    public boolean has(AttemptId attempt) {
      throw new PortException(FailureKind.UNAVAILABLE, "the disk is gone");
    }
  }
}
