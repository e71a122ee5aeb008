package io.numa.avatar.benchmarks.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.backend.HttpBackend;
import io.numa.avatar.backend.settings.BackendSettings;
import io.numa.avatar.benchmarks.LiveHeap;
import io.numa.avatar.journal.SqliteJournal;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.run.log.RunLog;
import io.numa.avatar.run.report.BatchSize;
import io.numa.avatar.run.report.Cancellation;
import io.numa.avatar.run.report.LeaseKeeper;
import io.numa.avatar.run.report.LogToSend;
import io.numa.avatar.run.report.ReportSender;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.task.WorkSummary;
import io.numa.avatar.time.TimeSource;
import io.numa.avatar.time.Timers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Measures how fast the log of a task that has been written reaches a backend on loopback, with the
 * journal on disk, and by how much the live heap grows. The backend is a process of its own, see
 * {@link LogBackend}.
 */
final class LogDeliveryBenchmark {
  private static final long SIZE = 100_000_000;
  private static final int ROUNDS = 3;

  private final Path folder;
  private final PrintStream out;
  private final Clock clock = TimeSource.SYSTEM.clock();

  private LogDeliveryBenchmark(Path folder, PrintStream out) {
    this.folder = folder;
    this.out = out;
  }

  /** Takes the folder to work in. */
  public static void main(String[] arguments) throws Exception {
    var benchmark = new LogDeliveryBenchmark(Path.of(arguments[0]), System.out);
    for (String kind : List.of("plain", "gzip")) {
      benchmark.measure(kind);
    }
  }

  private void measure(String kind) throws Exception {
    var speeds = new double[ROUNDS];
    long growth = 0;
    for (int round = -1; round < ROUNDS; round++) {
      Path place = Files.createDirectories(folder.resolve(kind + "-" + round));
      Delivered delivered = deliver(place, kind, false);
      if (round >= 0) {
        speeds[round] = delivered.speed();
      } else {
        growth = deliver(folder.resolve(kind + "-heap"), kind, true).heap();
      }
    }
    Arrays.sort(speeds);
    out.printf(
        Locale.ROOT,
        "%-6s %4.0f MB/s (%.0f–%.0f), live heap +%.1f MiB%n",
        kind,
        speeds[ROUNDS / 2],
        speeds[0],
        speeds[ROUNDS - 1],
        growth / 1048576.0);
  }

  private record Delivered(double speed, long heap) {}

  private Delivered deliver(Path place, String kind, boolean watched) throws Exception {
    Process backend = backend(kind);
    try (var journal = SqliteJournal.open(place.resolve("state"));
        RunLog text = written(place.resolve("log"));
        var http = new HttpBackend(settings(backend), clock)) {
      var timer = Timers.daemon("timer");
      Attempt attempt = Attempt.of(new TaskId("7"));
      journal.begin(attempt, 1);
      var lease = new LeaseKeeper(attempt, new Cancellation(timer), timer, TimeSource.SYSTEM);
      var toSend = new LogToSend(text, new BatchSize());
      var sender = new ReportSender(lease, http.statuses(), journal, toSend, claim());
      sender.complete();
      long growth = 0;
      long start = System.nanoTime();
      if (watched) {
        try (var heap = new LiveHeap()) {
          sender.run();
          growth = heap.growth();
        }
      } else {
        sender.run();
      }
      long time = System.nanoTime() - start;
      timer.shutdownNow();
      if (!sender.allSent()) {
        throw new IllegalStateException("the backend does not have everything");
      }
      return new Delivered(text.length() * 1e3 / time, growth);
    } finally {
      backend.getOutputStream().close();
      backend.waitFor();
    }
  }

  private static Process backend(String kind) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-Dsun.net.httpserver.nodelay=true",
            "-cp",
            System.getProperty("java.class.path"),
            LogBackend.class.getName(),
            kind)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static BackendSettings settings(Process backend) throws IOException {
    var lines = new BufferedReader(new InputStreamReader(backend.getInputStream(), UTF_8));
    URI url = URI.create("http://127.0.0.1:" + lines.readLine());
    return BackendSettings.of(url, new AvatarId("benchmark"));
  }

  private RunLog written(Path file) {
    RunLog text = RunLog.open(file, 0, 4 * SIZE, Redactor.of(List.of()), clock, piece -> {});
    try (var output = text.commandOutput(piece -> {})) {
      for (int i = 0; text.length() < SIZE; i++) {
        String line =
            "[INFO] Tests run: " + i + ", Failures: 0, Errors: 0, Skipped: 2 -- in Suite\n";
        byte[] lines = line.repeat(64).getBytes(UTF_8);
        output.write(lines, 0, lines.length);
      }
    }
    return text;
  }

  private StatusUpdate claim() {
    return new StatusUpdate(
        1,
        TaskState.IN_PROGRESS,
        Stage.FETCH,
        "claimed",
        WorkSummary.NOTHING_YET,
        clock.instant(),
        Optional.empty(),
        Optional.empty());
  }
}
