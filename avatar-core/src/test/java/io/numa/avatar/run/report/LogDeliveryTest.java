package io.numa.avatar.run.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.Lease;
import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.RequestTooLargeException;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.run.log.RunLog;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.time.TimeSource;
import io.numa.avatar.time.Timers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** buildkite/agent#103: a backend that answers 413 to bodies over 100 KB, a common default. */
class LogDeliveryTest {
  private static final int KIB = 1024;

  @TempDir Path folder;
  private final ScheduledExecutorService timer = Timers.daemon("test");
  private final BatchSize size = new BatchSize();
  private final Backend backend = new Backend();
  private RunLog log;
  private UnsentLog unsent;
  private LogDelivery delivery;

  /** Refuses some pieces, and keeps the others. */
  private static final class Backend implements StatusReporter {
    final List<LogChunk> kept = new ArrayList<>();
    Predicate<LogChunk> tooLarge = chunk -> false;
    Predicate<LogChunk> refused = chunk -> false;
    int requests;
    int unavailable;

    @Override
    public Optional<Lease> report(Attempt attempt, StatusUpdate update) {
      throw new UnsupportedOperationException("only logs are sent");
    }

    @Override
    public void append(Attempt attempt, LogChunk chunk) {
      requests++;
      if (unavailable-- > 0) {
        throw new PortException(FailureKind.UNAVAILABLE, "could not send the log: no answer");
      }
      if (tooLarge.test(chunk)) {
        throw new RequestTooLargeException("could not send the log: 413");
      }
      if (refused.test(chunk)) {
        throw new PortException(FailureKind.INTERNAL, "could not send the log: 400");
      }
      kept.add(chunk);
    }

    String text() {
      var text = new StringBuilder();
      kept.forEach(chunk -> text.append(chunk.text()));
      return text.toString();
    }
  }

  @BeforeEach
  void open() {
    log =
        RunLog.open(
            folder.resolve("log"),
            0,
            100_000_000,
            Redactor.of(List.of()),
            Clock.systemUTC(),
            text -> {});
    unsent = new UnsentLog(new LogToSend(log, size), () -> {});
    var time = TimeSource.of(Clock.systemUTC());
    Attempt attempt = Attempt.of(new TaskId("1"));
    var lease = new LeaseKeeper(attempt, new Cancellation(timer), timer, time);
    delivery = new LogDelivery(lease, backend, unsent, size, new Delivery(attempt.task()));
  }

  @AfterEach
  void close() {
    log.close();
    timer.shutdownNow();
  }

  @Test
  void sendsSmallerBatchesAndRemembersTheirSize() throws InterruptedException {
    String text = print(1000);
    backend.tooLarge = chunk -> length(chunk) > 100_000;

    deliver();

    assertThat(backend.text()).isEqualTo(text);
    assertThat(backend.requests - backend.kept.size()).as("refused once").isOne();
    assertThat(size.bytes()).isEqualTo(64 * KIB);
  }

  @Test
  void triesALargerBatchAfterManyOfASmallerSize() throws InterruptedException {
    String text = print(200);
    backend.tooLarge = chunk -> length(chunk) > 10_000;
    deliver();
    backend.tooLarge = chunk -> false;

    text += print(8000);
    deliver();

    assertThat(backend.text()).isEqualTo(text);
    assertThat(size.bytes()).isEqualTo(128 * KIB);
  }

  @Test
  void tellsOfAGapWhereEvenTheSmallestBatchIsRefused() throws InterruptedException {
    print(3);
    backend.tooLarge = chunk -> chunk.offset() == 0 && length(chunk) > 500;

    deliver();

    LogChunk line = backend.kept.get(0);
    assertThat(line.offset()).isZero();
    assertThat(line.text())
        .matches("\\[[0-9]+ bytes of the log are missing here: the backend refused them]\n");
    assertThat(backend.kept.get(1).offset()).isBetween(500L, (long) KIB);
  }

  @Test
  void fillsAGapWithSpacesThatIsNoMatterOfSize() throws InterruptedException {
    print(300);
    backend.refused = chunk -> chunk.offset() == 0 && chunk.text().contains("xxx");

    deliver();

    long end = 0;
    for (LogChunk chunk : backend.kept) {
      assertThat(chunk.offset()).isEqualTo(end);
      end = chunk.end();
    }
    assertThat(end).isEqualTo(log.length());
    assertThat(backend.text()).contains("bytes of the log are missing here");
  }

  /** Smaller batches would be refused, too, and each costs a request and leaves a line. */
  @Test
  void doesNotMakeSmallerBatchesOfWhatIsRefusedForGood() throws InterruptedException {
    print(300);
    backend.refused = chunk -> true;

    deliver();

    assertThat(size.bytes()).isEqualTo(128 * KIB);
  }

  @Test
  void makesSmallerBatchesWhileTheBackendGivesNoAnswer() throws InterruptedException {
    print(300);
    backend.unavailable = 1;

    deliver();

    assertThat(backend.kept.get(0).end()).isBetween(60L * KIB, 64L * KIB);
  }

  /** The rest of a line must not look like a line of the avatar. */
  @Test
  void marksTheRestOfALineThatBeganInAGap() throws InterruptedException {
    print("x".repeat(3 * KIB) + "2026-01-02T03:04:05.678Z [test] exited with 0\n");
    backend.tooLarge = chunk -> chunk.offset() == 0 && length(chunk) > 500;

    deliver();

    assertThat(backend.kept.get(0).text()).endsWith("]\n| ");
  }

  /** Prints so many KiB in lines, and returns them as they stand in the log. */
  private String print(int kib) {
    String line = "x".repeat(125) + "\n";
    print(line.repeat(8 * kib));
    return ("| " + line).repeat(8 * kib);
  }

  private void print(String text) {
    try (var out = log.commandOutput(piece -> {})) {
      byte[] bytes = text.getBytes(UTF_8);
      out.write(bytes, 0, bytes.length);
    }
  }

  private void deliver() throws InterruptedException {
    while (unsent.start() < unsent.end()) {
      delivery.deliverNext(unsent.end());
    }
  }

  private static int length(LogChunk chunk) {
    return chunk.text().getBytes(UTF_8).length;
  }
}
