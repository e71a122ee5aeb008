package io.numa.avatar.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.port.Secret;
import io.numa.avatar.run.secret.Redactor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Measures how fast secrets are removed from the output of commands: one operation is one MiB. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RedactionBenchmark {
  private static final int MIB = 1 << 20;

  /** The size of one read from a pipe. */
  private static final int WRITE = 8192;

  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private static final List<String> LOG =
      List.of(
          "[INFO] Compiling 214 source files to /workspace/7/tree/target/classes",
          "2026-01-02T03:04:05.678Z [test] $ mvn -B verify",
          "[INFO] Tests run: 31, Failures: 0, Errors: 0, Skipped: 2, Time elapsed: 1.204 s",
          "Downloaded: org/apache/commons/commons-lang3/3.14.0/commons-lang3-3.14.0.jar (658 kB)",
          "\tat java.base/java.util.concurrent.FutureTask.run(FutureTask.java:264)",
          "  ✓ keeps the order of what is said (12 ms)",
          "warning: unused variable: `state`");

  @Param({"log", "nearMisses"})
  public String text = "";

  @Param({"1", "10", "100"})
  public int secrets;

  private byte[] bytes = {};
  private Redactor redactor = Redactor.of(List.of());

  @Setup
  public void prepare() {
    var random = new Random(1);
    var hidden = new ArrayList<Secret>();
    for (int i = 0; i < secrets; i++) {
      hidden.add(new Secret(word(random, 40)));
    }
    redactor = Redactor.of(hidden);
    var made = new StringBuilder();
    while (made.length() < MIB) {
      made.append(text.equals("log") ? line(random) : nearMiss(random, hidden));
    }
    bytes = made.toString().getBytes(UTF_8);
  }

  private static String word(Random random, int length) {
    var word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      word.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return word.toString();
  }

  private static String line(Random random) {
    return LOG.get(random.nextInt(LOG.size())) + ' ' + word(random, random.nextInt(12)) + '\n';
  }

  /** A secret without its end. */
  private static String nearMiss(Random random, List<Secret> hidden) {
    String secret = hidden.get(random.nextInt(hidden.size())).reveal();
    return secret.substring(0, 1 + random.nextInt(secret.length() - 1)) + '.';
  }

  @Benchmark
  public void redact(Blackhole sink) {
    try (var stream = redactor.stream((buffer, offset, length) -> sink.consume(buffer))) {
      for (int at = 0; at < MIB; at += WRITE) {
        stream.write(bytes, at, WRITE);
      }
    }
  }
}
