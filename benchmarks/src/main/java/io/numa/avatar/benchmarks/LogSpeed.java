package io.numa.avatar.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.port.Secret;
import io.numa.avatar.run.log.RunLog;
import io.numa.avatar.run.secret.Redactor;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Measures how much processor time the output of a command takes on its way from the pipe to the
 * log file: decoding, the terminal filter, redaction of ten secrets, marks and the append. Texts
 * alternate, so that other load on the machine affects all of them.
 */
public final class LogSpeed {
  private static final int ROUNDS = 25;
  private static final int WARM_UP = 10;
  private static final int SIZE = 16 << 20;

  /** The size of one read from a pipe. */
  private static final int READ = 16 * 1024;

  private static final int SECRETS = 10;

  private static final List<String> LINES =
      List.of(
          "[INFO] Compiling 214 source files to /workspace/7/tree/target/classes",
          "2026-01-02T03:04:05.678Z [test] $ mvn -B verify",
          "[INFO] Tests run: 31, Failures: 0, Errors: 0, Skipped: 2, Time elapsed: 1.204 s",
          "Downloaded: org/apache/commons/commons-lang3/3.14.0/commons-lang3-3.14.0.jar (658 kB)",
          "\tat java.base/java.util.concurrent.FutureTask.run(FutureTask.java:264)",
          "  ok   keeps the order of what is said (12 ms)",
          "warning: unused variable: `state`");

  /** Texts of one kind, and how fast they were. */
  private static final class Kind {
    private final String name;
    private final byte[] text;
    private final List<Double> speeds = new ArrayList<>();

    private Kind(String name, String lines) {
      this.name = name;
      this.text = repeated(lines);
    }

    private static byte[] repeated(String lines) {
      byte[] once = lines.getBytes(UTF_8);
      var text = new byte[SIZE];
      for (int at = 0; at < SIZE; at += once.length) {
        System.arraycopy(once, 0, text, at, Math.min(once.length, SIZE - at));
      }
      return text;
    }
  }

  private final Path file;
  private final Redactor redactor;
  private final PrintStream out;
  private long received;

  private LogSpeed(Path folder, Redactor redactor, PrintStream out) {
    this.file = folder.resolve("log");
    this.redactor = redactor;
    this.out = out;
  }

  /** Takes the folder for the log, best one in memory. */
  public static void main(String[] arguments) throws IOException {
    var random = new Random(1);
    Collection<Secret> secrets =
        Stream.generate(() -> new Secret(word(random, 40))).limit(SECRETS).toList();
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    new LogSpeed(folder, Redactor.of(secrets), System.out).run(kinds(random));
  }

  private static List<Kind> kinds(Random random) {
    var lines = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      lines.append(LINES.get(random.nextInt(LINES.size())));
      lines.append(' ').append(word(random, random.nextInt(12))).append('\n');
    }
    String plain = lines.toString();
    return List.of(
        new Kind("ASCII", plain),
        new Kind("a check mark in each 7th line", plain.replace("  ok ", "  ✓ ")),
        new Kind("two colours a line", plain.replaceAll("(?m)^(\\S*)", "\u001b[32m$1\u001b[0m")),
        new Kind("a sixth of the letters not Latin", plain.replace('e', '你').replace('a', 'é')),
        new Kind("CR before each line end", plain.replace("\n", "\r\n")));
  }

  private static String word(Random random, int length) {
    return random
        .ints(length, 0, 36)
        .mapToObj(digit -> Integer.toString(digit, 36))
        .reduce("", String::concat);
  }

  private void run(List<Kind> kinds) {
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      for (Kind kind : kinds) {
        double speed = speed(kind.text);
        if (round >= 0) {
          kind.speeds.add(speed);
        }
      }
    }
    if (received == 0) {
      throw new IllegalStateException("no output came");
    }
    kinds.forEach(this::print);
  }

  /** MB per second of this thread's processor time. */
  private double speed(byte[] text) {
    var threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    var log = RunLog.open(file, 0, 4L * SIZE, redactor, Clock.systemUTC(), this::receive);
    try (var output = log.commandOutput(this::receive)) {
      IntStream.range(0, SIZE / READ).forEach(i -> output.write(text, i * READ, READ));
    }
    long end = threads.getCurrentThreadCpuTime();
    log.discard();
    return SIZE * 1e3 / (end - start);
  }

  private void receive(String piece) {
    received += piece.length();
  }

  private void print(Kind kind) {
    List<Double> sorted = kind.speeds.stream().sorted().toList();
    out.printf(
        Locale.ROOT,
        "%-34s %4.0f MB/s (%.0f–%.0f)%n",
        kind.name,
        sorted.get(ROUNDS / 2),
        sorted.get(0),
        sorted.get(ROUNDS - 1));
  }
}
