package io.numa.avatar.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE_NEW;

import io.numa.avatar.journal.SqliteJournal;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskMessage;
import io.numa.avatar.task.TaskMessage.Announcement;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.task.WorkSummary;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Measures the time of a record in the journal, compared with a plain append that is forced to the
 * same disk. Rounds of both alternate, so that other load on the machine affects both.
 */
public final class JournalSpeed {
  private static final int ROUNDS = 10;
  private static final int RECORDS = 500;
  private static final int MESSAGES = 10_000;

  private final Path folder;
  private final PrintStream out;

  private JournalSpeed(Path folder, PrintStream out) {
    this.folder = folder;
    this.out = out;
  }

  /** Takes the folder to measure in, which must not exist. */
  public static void main(String[] arguments) throws IOException {
    new JournalSpeed(Path.of(arguments[0]), System.out).run();
  }

  private void run() throws IOException {
    Files.createDirectories(folder);
    long start = System.nanoTime();
    try (var journal = SqliteJournal.open(folder.resolve("state"));
        var file = FileChannel.open(folder.resolve("plain"), CREATE_NEW, APPEND)) {
      print("open an empty journal", System.nanoTime() - start, 1);
      var attempt = Attempt.of(new TaskId("task"));
      journal.begin(attempt, 1);
      records(journal, attempt, file);
      messages(journal);
    }
    start = System.nanoTime();
    SqliteJournal.open(folder.resolve("state")).close();
    print("open and close the full one", System.nanoTime() - start, 1);
  }

  private void records(SqliteJournal journal, Attempt attempt, FileChannel file)
      throws IOException {
    var plain = new long[ROUNDS];
    var offsets = new long[ROUNDS];
    var statuses = new long[ROUNDS];
    byte[] line = "x".repeat(300).getBytes(UTF_8);
    for (int round = 0; round < ROUNDS; round++) {
      int first = round * RECORDS + 1;
      long start = System.nanoTime();
      for (int i = 0; i < RECORDS; i++) {
        file.write(ByteBuffer.wrap(line));
        file.force(false);
      }
      plain[round] = System.nanoTime() - start;
      start = System.nanoTime();
      for (int i = 0; i < RECORDS; i++) {
        journal.acknowledged(attempt.id(), first + i);
      }
      offsets[round] = System.nanoTime() - start;
      start = System.nanoTime();
      for (int i = 0; i < RECORDS; i++) {
        journal.announce(attempt.id(), status(first + i), i);
        journal.sync();
      }
      statuses[round] = System.nanoTime() - start;
    }
    print("append 300 bytes and force", median(plain), RECORDS);
    print("acknowledged()", median(offsets), RECORDS);
    print("announce() and sync()", median(statuses), RECORDS);
  }

  private void messages(SqliteJournal journal) {
    List<TaskMessage> messages =
        IntStream.range(0, MESSAGES).mapToObj(JournalSpeed::announcement).toList();
    long start = System.nanoTime();
    journal.accept(messages);
    print("accept() of 10,000 new messages", System.nanoTime() - start, 1);
    var known = new long[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      start = System.nanoTime();
      journal.accept(messages);
      known[round] = System.nanoTime() - start;
    }
    print("accept() of 10,000 known messages", median(known), 1);
  }

  private static TaskMessage announcement(int i) {
    return new Announcement(new MessageId("message-" + i), new TaskId("task-" + i));
  }

  private static StatusUpdate status(int sequence) {
    return new StatusUpdate(
        sequence,
        TaskState.IN_PROGRESS,
        Stage.DEVELOP,
        "step " + sequence,
        WorkSummary.NOTHING_YET,
        Instant.EPOCH,
        Optional.empty(),
        Optional.empty());
  }

  private static long median(long[] times) {
    long[] sorted = times.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private void print(String what, long nanos, int times) {
    double each = nanos / 1e6 / times;
    out.printf(Locale.ROOT, "%-36s %8.3f ms %8.0f/s%n", what, each, 1000 / each);
  }
}
