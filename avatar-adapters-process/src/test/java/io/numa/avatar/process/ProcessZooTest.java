package io.numa.avatar.process;

import static io.numa.avatar.process.ProcessControl.COOKIE;
import static io.numa.avatar.process.ProcessControl.DESCENDANTS;
import static io.numa.avatar.process.ProcessControl.PID_NAMESPACE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.numa.avatar.plan.CommandLine.Shell;
import io.numa.avatar.port.Command;
import io.numa.avatar.port.CommandResult.Exited;
import io.numa.avatar.port.CommandResult.TimedOut;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests many ways in which a process can outlive the command that started it, at every level of
 * process control that this machine supports: no process may remain.
 */
@EnabledOnOs(OS.LINUX)
@Execution(ExecutionMode.CONCURRENT)
class ProcessZooTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(400);

  /** Much longer than a command takes, and much shorter than its leftovers run. */
  private static final Duration BOUND = Duration.ofSeconds(30);

  private static final Duration GRACE = Duration.ofMillis(300);

  private final Marker marker = new Marker();
  private int cleanLooks = 2;
  @TempDir Path directory;

  /** A way to outlive a command: a line of shell in which {@code MARK} stands for the marker. */
  enum Animal {
    BACKGROUND_CHILD(DESCENDANTS, COOKIE, "sleep MARK >/dev/null 2>&1 &"),
    NOHUP(DESCENDANTS, COOKIE, "nohup sleep MARK >/dev/null 2>&1 &"),
    OWN_SESSION(DESCENDANTS, COOKIE, "setsid sleep MARK >/dev/null 2>&1 &"),
    OWN_PROCESS_GROUP(DESCENDANTS, COOKIE, "set -m; sleep MARK >/dev/null 2>&1 & set +m"),
    DOUBLY_FORKED_DAEMON(COOKIE, COOKIE, "(setsid sh -c 'sleep MARK & exit' >/dev/null 2>&1 &)"),
    ORPHAN_IN_A_NEW_SESSION(COOKIE, COOKIE, "(setsid nohup sleep MARK >/dev/null 2>&1 &)"),
    IGNORES_TERM(
        DESCENDANTS, COOKIE, "(trap '' TERM HUP; while :; do sleep MARK; done) >/dev/null 2>&1 &"),
    KEEPS_OUTPUT_OPEN(DESCENDANTS, COOKIE, "sleep MARK &"),
    DAEMON_THAT_KEEPS_OUTPUT_OPEN(COOKIE, COOKIE, "(trap '' TERM; setsid sleep MARK &)"),
    // Slow enough for a search by marks on a busy machine; a namespace does not depend on timing.
    CHAIN_OF_FORKS(
        COOKIE,
        COOKIE,
        "setsid perl -e 'while (1) { select undef, undef, undef, 0.005; exit if fork }' MARK"
            + " >/dev/null 2>&1 &"),
    CHAIN_OF_PROGRAMS(COOKIE, COOKIE, "(setsid sh chain MARK >/dev/null 2>&1 &)"),
    HIDES_ITS_ENVIRONMENT(
        PID_NAMESPACE, PID_NAMESPACE, "(setsid env -i /bin/sleep MARK >/dev/null 2>&1 &)");

    /** The weakest levels that find the process while the command runs, and after its end. */
    private final ProcessControl whileRunning;

    private final ProcessControl afterwards;
    private final String line;

    Animal(ProcessControl whileRunning, ProcessControl afterwards, String line) {
      this.whileRunning = whileRunning;
      this.afterwards = afterwards;
      this.line = line;
    }
  }

  static Stream<Arguments> caughtWhileRunning() {
    return pairs((animal, level) -> level.compareTo(animal.whileRunning) >= 0);
  }

  static Stream<Arguments> caughtAfterwards() {
    return pairs((animal, level) -> level.compareTo(animal.afterwards) >= 0);
  }

  static Stream<Arguments> missedAfterwards() {
    return pairs((animal, level) -> level.compareTo(animal.afterwards) < 0);
  }

  private static Stream<Arguments> pairs(BiPredicate<Animal, ProcessControl> wanted) {
    return Stream.of(Animal.values())
        .flatMap(
            animal ->
                Stream.of(ProcessControl.values())
                    .filter(level -> wanted.test(animal, level))
                    .map(level -> Arguments.of(animal, level)));
  }

  @BeforeEach
  void writeChain() throws IOException {
    Files.writeString(directory.resolve("chain"), "sleep 0.005; sh chain \"$1\" &\n");
  }

  @AfterEach
  void leaveNothing() throws InterruptedException {
    marker.killBearers(cleanLooks);
  }

  @ParameterizedTest
  @MethodSource("caughtAfterwards")
  void noneIsLeftWhenTheCommandHasEnded(Animal animal, ProcessControl level)
      throws InterruptedException {
    // A grace that it would exceed: leftovers of a command that has ended get much less.
    Duration time = timeOf(runner(level, LONG), line(animal) + "\nexit 0");

    assertThat(marker.isBorne(looks(animal))).isFalse();
    assertThat(time).isLessThan(BOUND);
  }

  @ParameterizedTest
  @MethodSource("caughtWhileRunning")
  void noneIsLeftWhenTheTimeIsOver(Animal animal, ProcessControl level)
      throws InterruptedException {
    LocalCommandRunner runner = runner(level, GRACE);
    String line = line(animal) + "\necho up; sleep " + marker.word() + "; true";
    var output = new ByteArrayOutputStream();

    for (Duration limit = SHORT; output.size() == 0; limit = limit.multipliedBy(2)) {
      var result = runner.run(command(line, limit), output::write);

      assertThat(result).isEqualTo(new TimedOut(limit));
      assertThat(marker.isBorne(looks(animal))).isFalse();
    }
  }

  /**
   * Confirms the limits that the levels' descriptions name. If a level finds these processes,
   * change its description.
   */
  @ParameterizedTest
  @MethodSource("missedAfterwards")
  void someAreLeftWhereALevelIsTooWeak(Animal animal, ProcessControl level)
      throws InterruptedException {
    // Long enough for the process to reach its final form.
    var command = command(line(animal) + "\nsleep 0.5", LONG);

    runner(level, GRACE).run(command, (buffer, offset, length) -> {});

    assertThat(marker.isBorne(looks(animal))).isTrue();
  }

  /** The control: each process outlives its command if only the command is ended. */
  @ParameterizedTest
  @EnumSource(Animal.class)
  void allAreLeftWhereNoneIsLookedFor(Animal animal) throws Exception {
    var process =
        new ProcessBuilder("setsid", "sh", "-c", line(animal) + "\nsleep 0.5")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(20, SECONDS)).isTrue();
    process.destroyForcibly();

    assertThat(marker.isBorne(looks(animal))).isTrue();
  }

  /** Whether the tests cover a level. */
  boolean concerns(ProcessControl level) {
    return true;
  }

  /** The folders of the programs that control processes. */
  List<Path> tools() {
    return Containment.TOOL_FOLDERS;
  }

  private Duration timeOf(LocalCommandRunner runner, String line) throws InterruptedException {
    long start = System.nanoTime();
    var result = runner.run(command(line, LONG), (buffer, offset, length) -> {});
    assertThat(result).isInstanceOf(Exited.class);
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private int looks(Animal animal) {
    cleanLooks = animal.name().startsWith("CHAIN") ? 12 : 2;
    return cleanLooks;
  }

  private String line(Animal animal) {
    return animal.line.replace("MARK", marker.word());
  }

  private Command command(String line, Duration limit) {
    return new Command(new Shell(line), directory, Map.of(), limit);
  }

  private LocalCommandRunner runner(ProcessControl level, Duration grace) {
    assumeThat(concerns(level)).isTrue();
    var runner =
        new LocalCommandRunner(
            ProcessSettings.defaults(System.getenv()).withGrace(grace).withStrongest(level),
            tools());
    assumeThat(runner.control()).isEqualTo(level);
    return runner;
  }
}
