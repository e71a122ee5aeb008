package io.numa.avatar.journal;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.journal.JournaledAttempt;
import io.numa.avatar.port.journal.JournaledAttempt.Report;
import io.numa.avatar.port.journal.SteeringRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ends processes with SIGKILL while they write; {@code -Psoak} does it more often. */
class KilledJournalTest {
  private static final int KILLS = Boolean.getBoolean("soak") ? 200 : 10;

  @TempDir Path directory;

  @Test
  void hasEverythingThatWasWrittenBeforeAKill() throws Exception {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    int from = 1;
    for (int kill = 0; kill < KILLS; kill++) {
      var lines = linesOfAKilledProcess(from, random.nextInt(200));

      int last = check(lines, "seed " + seed + ", kill " + kill);

      from = last + 1;
    }
    try (var journal = SqliteJournal.open(directory)) {
      for (int i = 1; i < from; i++) {
        assertThat(journal.accept(List.of(ChildJournal.announcement(i)))).isEmpty();
      }
    }
    assertThat(filesLeft()).containsExactlyInAnyOrder("journal.db", "lock", "native");
    assertIntact();
  }

  private List<String> linesOfAKilledProcess(int from, int after) throws Exception {
    try (var child = ChildJournal.start(directory, from)) {
      assertThat(child.line()).isEqualTo("open");
      var lines = new ArrayList<String>();
      for (int i = 0; i < after; i++) {
        lines.add(child.line());
      }
      lines.addAll(child.kill());
      return lines;
    }
  }

  /** Compares the journal with the printed records, and returns its highest number. */
  private int check(List<String> lines, String when) {
    Map<String, Integer> told =
        lines.stream()
            .map(line -> line.split(" "))
            .filter(words -> words.length == 2)
            .collect(toMap(words -> words[0], words -> Integer.valueOf(words[1]), Math::max));
    try (var journal = SqliteJournal.open(directory)) {
      var open = journal.open();
      var last = journal.lastMessage();

      if (told.containsKey("accepted")) {
        assertThat(number(last.orElseThrow().value()))
            .as(when)
            .isBetween(told.get("accepted"), told.get("accepted") + 1);
      }
      if (told.containsKey("begun")) {
        assertThat(number(open.get(open.size() - 1).attempt().task().value()))
            .as(when)
            .isBetween(told.get("begun"), told.get("begun") + 1);
      }
      if (told.containsKey("announced")) {
        int number = told.get("announced");
        assertThat(journal.find(ChildJournal.attempt(number).task()))
            .as(when)
            .map(JournaledAttempt::reports)
            .contains(List.of(new Report(Updates.begun(number), number, false)));
      }
      if (told.containsKey("acknowledged")) {
        int number = told.get("acknowledged");
        assertThat(journal.find(ChildJournal.attempt(number).task()))
            .as(when)
            .map(JournaledAttempt::acknowledged)
            .contains((long) number);
      }
      checkMessages(journal, told, when);
      if (told.containsKey("settled")) {
        int number = told.get("settled");
        assertThat(journal.find(ChildJournal.attempt(number).task())).as(when).isEmpty();
      }
      assertThat(open).as(when).hasSizeLessThanOrEqualTo(2);
      open.forEach(attempt -> journal.settle(attempt.attempt().id(), Instant.EPOCH));
      return Math.max(
          number(last.map(Object::toString).orElse("m0")), told.getOrDefault("begun", 0));
    }
  }

  /** A message that was accepted is there once, and one that was delivered is known to be so. */
  private static void checkMessages(SqliteJournal journal, Map<String, Integer> told, String when) {
    int said = told.getOrDefault("said", 0);
    int heard = told.getOrDefault("heard", 0);
    if (said > 0) {
      assertThat(journal.steering(ChildJournal.attempt(said).task()))
          .as(when)
          .extracting(SteeringRecord::message)
          .containsExactly(ChildJournal.message(said));
    }
    if (heard > 0) {
      assertThat(journal.steering(ChildJournal.attempt(heard).task()))
          .as(when)
          .noneMatch(SteeringRecord::waits);
    }
  }

  private static int number(String name) {
    return Integer.parseInt(name.substring(1));
  }

  private List<String> filesLeft() throws Exception {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.skip(1).map(file -> directory.relativize(file).toString()).toList();
    }
  }

  private void assertIntact() throws Exception {
    try (var database = Database.look(directory.resolve("journal.db"))) {
      assertThat(database.query("PRAGMA integrity_check", row -> row.getString(1)))
          .containsExactly("ok");
    }
  }
}
