package io.numa.avatar.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.numa.avatar.plan.CommandLine.Shell;
import io.numa.avatar.port.Command;
import io.numa.avatar.port.CommandResult;
import io.numa.avatar.port.CommandResult.Exited;
import io.numa.avatar.port.CommandResult.TimedOut;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Tests which processes of a command remain, at every level of process control. */
class ProcessTreeTest {
  private static final Duration SHORT = Duration.ofMillis(1500);
  private static final Duration LONG = Duration.ofSeconds(60);

  /** A unique time to sleep, of about five hours, that identifies this test's processes. */
  private final String sleep =
      "sleep 5.%sh".formatted(Integer.toUnsignedString(UUID.randomUUID().hashCode()));

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(ProcessControl.class)
  void endsChildrenAndGrandchildrenWhenTheTimeIsOver(ProcessControl level)
      throws InterruptedException {
    var result = run(level, "sh -c '%1$s & %1$s' & %1$s", SHORT);

    assertThat(result).isEqualTo(new TimedOut(SHORT));
    assertThat(left()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(ProcessControl.class)
  void endsWhatIgnoresTheRequestToEnd(ProcessControl level) throws InterruptedException {
    var result = run(level, "trap '' TERM; %1$s & %1$s; %1$s", SHORT);

    assertThat(result).isEqualTo(new TimedOut(SHORT));
    assertThat(left()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(value = ProcessControl.class, mode = Mode.EXCLUDE, names = "DESCENDANTS")
  void endsSessionsOfTheirOwnAndDaemonsWhenTheTimeIsOver(ProcessControl level)
      throws InterruptedException {
    run(
        level,
        "setsid %1$s & (setsid nohup %1$s >/dev/null 2>&1 &) & sh -c '(%1$s &) &' & %1$s",
        SHORT);

    assertThat(left()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(value = ProcessControl.class, mode = Mode.EXCLUDE, names = "DESCENDANTS")
  void endsWhatACommandLeavesBehindWithinASecondOrSo(ProcessControl level)
      throws InterruptedException {
    long start = System.nanoTime();
    var result = run(level, "(setsid %1$s &); %1$s & echo done; exit 6", LONG);
    var took = Duration.ofNanos(System.nanoTime() - start);

    assertThat(result)
        .isInstanceOfSatisfying(Exited.class, exited -> assertThat(exited.code()).isEqualTo(6));
    assertThat(output.toString(UTF_8)).isEqualTo("done\n");
    assertThat(left()).isEmpty();
    assertThat(took).isLessThan(Duration.ofSeconds(3));
  }

  @ParameterizedTest
  @EnumSource(value = ProcessControl.class, mode = Mode.EXCLUDE, names = "DESCENDANTS")
  void endsStubbornLeftoversThatPrintWithoutEnd(ProcessControl level) throws InterruptedException {
    var command = command("(trap '' TERM; setsid %1$s & setsid yes) & sleep 0.1", LONG);

    runner(level).run(command, (buffer, offset, length) -> {});

    assertThat(left()).isEmpty();
    assertThat(new OutputReaders().awaitEnd(Duration.ofSeconds(10))).isTrue();
  }

  @ParameterizedTest
  @EnumSource(value = ProcessControl.class, mode = Mode.EXCLUDE, names = "DESCENDANTS")
  void waitsForTheLastWordsOfWhatGoesOnForAMoment(ProcessControl level)
      throws InterruptedException {
    run(level, "(sleep 0.6; echo last) & echo first; sleep 0.4", LONG);

    assertThat(output.toString(UTF_8)).isEqualTo("first\nlast\n");
  }

  @ParameterizedTest
  @EnumSource(ProcessControl.class)
  void letsACommandTidyUpWhenTheTimeIsOver(ProcessControl level) throws InterruptedException {
    var result =
        run(level, "trap 'sleep 0.5; echo tidy; exit' TERM; while :; do sleep 0.1; done", SHORT);

    assertThat(result).isEqualTo(new TimedOut(SHORT));
    assertThat(output.toString(UTF_8)).endsWith("tidy\n");
  }

  @ParameterizedTest
  @EnumSource(ProcessControl.class)
  void letsTheChildrenOfACommandTidyUpWhenTheTimeIsOver(ProcessControl level)
      throws InterruptedException {
    run(
        level,
        "sh -c 'trap \"sleep 0.9; echo tidy; exit\" TERM; while :; do sleep 0.1; done' & %1$s",
        SHORT);

    assertThat(output.toString(UTF_8)).endsWith("tidy\n");
    assertThat(left()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(ProcessControl.class)
  void endsEverythingWhenItsThreadIsInterrupted(ProcessControl level) throws InterruptedException {
    LocalCommandRunner runner = runner(level);
    var begun = new CountDownLatch(1);
    var interrupted = new CountDownLatch(1);
    // A search by descendants cannot find processes that a shell starts while it is killed.
    var command = command("%1$s & %1$s & echo begun; wait", LONG);

    var thread =
        new Thread(
            () -> {
              try {
                runner.run(command, (buffer, offset, length) -> begun.countDown());
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
            },
            "interrupted");
    thread.start();
    assertThat(begun.await(30, SECONDS)).isTrue();
    thread.interrupt();

    assertThat(interrupted.await(30, SECONDS)).isTrue();
    assertThat(left()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(value = ProcessControl.class, names = "PID_NAMESPACE")
  void endsEvenADaemonThatClearsItsEnvironment(ProcessControl level) throws InterruptedException {
    run(level, "(setsid env -i %1$s >/dev/null 2>&1 &)", LONG);

    assertThat(left()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(value = ProcessControl.class, names = "PID_NAMESPACE")
  void leavesNoZombiesInTheNamespace(ProcessControl level) throws InterruptedException {
    run(level, "for n in 1 2 3; do (sleep 0.1 &); done; sleep 0.5; cat /proc/[0-9]*/stat", LONG);

    assertThat(output.toString(UTF_8).lines()).noneMatch(stat -> stat.contains(") Z "));
  }

  private CommandResult run(ProcessControl level, String line, Duration limit)
      throws InterruptedException {
    return runner(level).run(command(line, limit), output::write);
  }

  private Command command(String line, Duration limit) {
    return new Command(new Shell(line.formatted(sleep)), directory, Map.of(), limit);
  }

  private static LocalCommandRunner runner(ProcessControl level) {
    var runner =
        new LocalCommandRunner(
            ProcessSettings.defaults(System.getenv()).withGrace(SHORT).withStrongest(level));
    assumeThat(runner.control()).isEqualTo(level);
    return runner;
  }

  /** The processes of the test that still sleep. */
  private List<String> left() {
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::info)
        .flatMap(info -> info.commandLine().stream())
        .filter(line -> line.contains(sleep))
        .toList();
  }
}
