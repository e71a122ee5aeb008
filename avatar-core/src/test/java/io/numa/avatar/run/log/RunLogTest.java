package io.numa.avatar.run.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.Secret;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunLogTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05.678901Z"), ZoneOffset.UTC);

  /** The beginning of each line of the avatar, at the stage TEST. */
  private static final String OWN = "2026-01-02T03:04:05.678Z [test] ";

  @TempDir Path temp;
  private Path file;
  private RunLog log;
  private final StringBuilder echo = new StringBuilder();

  @BeforeEach
  void createLog() {
    file = temp.resolve("7/attempt.log");
    log = open(file, 0, Redactor.of(List.of(new Secret("s3cret"))), echo::append);
  }

  private static RunLog open(
      Path file, long acknowledged, Redactor redactor, Consumer<String> echo) {
    return RunLog.open(file, acknowledged, 1 << 20, redactor, CLOCK, echo);
  }

  @AfterEach
  void closeLog() {
    log.close();
  }

  @Test
  void keepsTheOrderOfWhatIsSaidAndPrinted() {
    log.say(Stage.FETCH, "hello");
    print("one\n", "two\n");
    log.say(Stage.TEST, "bye\nnow\r\n");

    assertThat(file)
        .hasContent(
            "2026-01-02T03:04:05.678Z [fetch] hello\n| one\n| two\n"
                + OWN
                + "bye\n"
                + OWN
                + "now\n");
  }

  /** A cancelled task can still write its last lines. */
  @Test
  void worksOnAnInterruptedThread() {
    Thread.currentThread().interrupt();
    log.say(Stage.TEST, "stopped");
    LogChunk chunk = log.read(0, log.length(), 1000);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(chunk.text()).isEqualTo(OWN + "stopped\n");
    assertThat(file).hasContent(chunk.text());
  }

  @Test
  void beginsItsOwnLinesOnANewLine() {
    print("50 %");
    log.say(Stage.TEST, "done");
    print("100 %", "\n");
    log.say(Stage.TEST, "done");

    assertThat(file).hasContent("| 50 %\n" + OWN + "done\n| 100 %\n" + OWN + "done\n");
  }

  @Test
  void hidesSecretsInWhatIsSaidAndPrintedAndEchoed() throws IOException {
    log.say(Stage.TEST, "token s3cret");
    print("a s3", "cr", "et b s3cre");
    log.say(Stage.TEST, "t");

    String expected = OWN + "token ***\n| a *** b s3cre\n" + OWN + "t\n";
    assertThat(Files.readString(file)).isEqualTo(expected);
    assertThat(echo).hasToString(expected);
  }

  @Test
  void isTextEvenIfBytesArePrinted() throws IOException {
    try (var output = log.commandOutput(text -> {})) {
      for (int unit : new int[] {'a', 0xe9, 'b', 0xe2, 0x82, 0xac, 0xf0, 0x9f}) {
        output.write(new byte[] {0, (byte) unit, 0}, 1, 1);
      }
    }

    assertThat(Files.readString(file)).isEqualTo("| a\ufffdb€\ufffd");
  }

  @Test
  void knowsItsLengthInBytesAndTellsOfItsGrowth() {
    var growths = new AtomicInteger();
    log.onGrowth(growths::incrementAndGet);

    print("€\n", "");

    assertThat(log.length()).isEqualTo(6);
    assertThat(growths).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 6, 7, 16, 40, 1000})
  void givesBackItsFileInChunks(int limit) throws IOException {
    printAtRandom(new Random(limit));

    List<LogChunk> chunks = readAll(limit);

    assertThat(String.join("", chunks.stream().map(LogChunk::text).toList()))
        .isEqualTo(Files.readString(file));
    assertThat(chunks)
        .allSatisfy(
            chunk -> {
              assertThat(chunk.text()).isNotEmpty().doesNotContain("\ufffd");
              assertThat(chunk.end() - chunk.offset()).isLessThanOrEqualTo(limit);
              assertThat(chunk.text().endsWith("\n"))
                  .isEqualTo(chunk.text().contains("\n") || chunk.end() == log.length());
            });
  }

  private void printAtRandom(Random random) {
    var parts = List.of("a", "é", "€", "🙂", "\n", "line\n", "a longer piece of a line ");
    print(
        Stream.generate(() -> parts.get(random.nextInt(parts.size())))
            .limit(500)
            .toArray(String[]::new));
    log.say(Stage.TEST, "end");
  }

  private List<LogChunk> readAll(int limit) {
    var chunks = new ArrayList<LogChunk>();
    for (long at = 0; at < log.length(); at = chunks.get(chunks.size() - 1).end()) {
      chunks.add(log.read(at, log.length(), limit));
      assertThat(chunks).hasSizeLessThanOrEqualTo((int) log.length());
    }
    return chunks;
  }

  @ParameterizedTest
  @CsvSource({
    "0,  17, 100, '| one\n| two\n| six'",
    "0,  17, 17,  '| one\n| two\n| six'",
    "0,  17, 16,  '| one\n| two\n'",
    "0,  17, 11,  '| one\n'",
    "6,  17, 9,   '| two\n'",
    "12, 17, 5,   '| six'",
    "6,  9,  100, '| t'",
  })
  void cutsAtLinesUnlessAllIsWanted(long offset, long end, int limit, String text) {
    print("one\ntwo\nsix");

    assertThat(log.read(offset, end, limit)).isEqualTo(new LogChunk(offset, text));
  }

  @Test
  void keepsWhatSeveralThreadsSayInWholeLines() throws Exception {
    var start = new CyclicBarrier(2);
    var threads = Executors.newFixedThreadPool(2);
    try {
      Callable<Void> talk =
          () -> {
            start.await();
            IntStream.range(0, 200).forEach(i -> log.say(Stage.TEST, "line " + i));
            return null;
          };
      for (var talked : threads.invokeAll(List.of(talk, talk))) {
        talked.get();
      }
    } finally {
      threads.shutdownNow();
    }

    var expected = IntStream.range(0, 400).mapToObj(i -> OWN + "line " + i / 2).toList();
    assertThat(Files.readAllLines(file)).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void leavesNothingBehindWhenDiscarded() {
    log.say(Stage.TEST, "hello");

    log.discard();

    assertThat(file).doesNotExist();
  }

  @Test
  void doesNotWriteOverALogThatIsThere() {
    log.say(Stage.TEST, "first");

    open(file, 0, Redactor.of(List.of()), text -> {}).close();
    assertThatThrownBy(() -> open(temp, 0, Redactor.of(List.of()), text -> {}))
        .isInstanceOf(PortException.class)
        .hasMessageStartingWith("could not open the task's log " + temp + ": ")
        .extracting(e -> ((PortException) e).kind())
        .isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(file).hasContent(OWN + "first\n");
  }

  /** The text of a previous process stays. The backend does not get again what it already has. */
  @Test
  void goesOnWithTheLogOfAPreviousProcess() throws IOException {
    log.say(Stage.TEST, "hello");
    print("half a l€");
    log.close();
    Files.write(file, new byte[] {(byte) 0xf0, (byte) 0x9f}, StandardOpenOption.APPEND);

    log = open(file, OWN.length() + 6, Redactor.of(List.of()), text -> {});
    long length = log.length();
    log.say(Stage.TEST, "again");

    assertThat(length).isEqualTo(OWN.length() + 6 + 13);
    assertThat(log.read(OWN.length() + 6, log.length(), 1000).text())
        .isEqualTo("| half a l€\n" + OWN + "again\n");
    assertThat(file).hasContent(OWN + "hello\n| half a l€\n" + OWN + "again\n");
  }

  private void print(String... parts) {
    try (var output = log.commandOutput(text -> {})) {
      for (String part : parts) {
        byte[] bytes = part.getBytes(UTF_8);
        output.write(bytes, 0, bytes.length);
      }
    }
  }
}
