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
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Tests which processes of a command remain, at every level of process control. */
@Execution(ExecutionMode.CONCURRENT)
class ProcessTreeTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(60);

  /**
   * Tidies up when it is asked to end. It waits for a child in the background, as a shell may lose
   * a signal that comes while it starts a program in the foreground.
   */
  private static final String TIDY = "trap 'sleep 0.3; echo tidy; exit' TERM; %1$s & echo up; wait";

  /** A unique time to sleep, of about five hours, that identifies this test's processes. */
  private final String sleep =
      "sleep 5.%sh".formatted(Integer.toUnsignedString(UUID.randomUUID().hashCode()));

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(ProcessControl.class)
  void endsChildrenAndGrandchildrenWhenTheTimeIsOver(ProcessControl level)
      throws InterruptedException {
    runOutOfTime(runner(level), "sh -c '%1$s & %1$s' & echo up; %1$s");

    assertThat(left()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(ProcessControl.class)
  void endsWhatIgnoresTheRequestToEnd(ProcessControl level) throws InterruptedException {
    runOutOfTime(runner(level), "trap '' TERM; %1$s & echo up; %1$s; %1$s");

    assertThat(left()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(value = ProcessControl.class, mode = Mode.EXCLUDE, names = "DESCENDANTS")
  void endsSessionsOfTheirOwnAndDaemonsWhenTheTimeIsOver(ProcessControl level)
      throws InterruptedException {
    runOutOfTime(
        runner(level),
        "setsid %1$s & (setsid nohup %1$s >/dev/null 2>&1 &) & sh -c '(%1$s &) &' & echo up; %1$s");

    assertThat(left()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(value = ProcessControl.class, mode = Mode.EXCLUDE, names = "DESCENDANTS")
  void endsWhatACommandLeavesBehindWithinItsTime(ProcessControl level) throws InterruptedException {
    var result = run(runner(level), "(setsid %1$s &); %1$s & echo done; exit 6", LONG);

    assertThat(result)
        .isInstanceOfSatisfying(Exited.class, exited -> assertThat(exited.code()).isEqualTo(6));
    assertThat(output.toString(UTF_8)).isEqualTo("done\n");
    assertThat(left()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(value = ProcessControl.class, mode = Mode.EXCLUDE, names = "DESCENDANTS")
  void endsStubbornLeftoversThatPrintWithoutEnd(ProcessControl level) throws Exception {
    LocalCommandRunner runner = runner(level);
    var command = command("(trap '' TERM; setsid %1$s & setsid yes) & sleep 0.1", LONG);
    var readers = new OutputReaders();

    readers.run(() -> runner.run(command, (buffer, offset, length) -> {}));

    assertThat(left()).isEmpty();
    readers.assertEnd();
  }

  @ParameterizedTest
  @EnumSource(value = ProcessControl.class, mode = Mode.EXCLUDE, names = "DESCENDANTS")
  void waitsForTheLastWordsOfWhatGoesOnForAMoment(ProcessControl level)
      throws InterruptedException {
    run(runner(level), "(sleep 0.6; echo last) & echo first; sleep 0.4", LONG);

    assertThat(output.toString(UTF_8)).isEqualTo("first\nlast\n");
  }

  @ParameterizedTest
  @EnumSource(ProcessControl.class)
  void letsACommandTidyUpWhenTheTimeIsOver(ProcessControl level) throws InterruptedException {
    runOutOfTime(patient(level), TIDY);

    assertThat(output.toString(UTF_8)).isEqualTo("up\ntidy\n");
    assertThat(left()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(ProcessControl.class)
  void letsTheChildrenOfACommandTidyUpWhenTheTimeIsOver(ProcessControl level)
      throws InterruptedException {
    runOutOfTime(patient(level), "(" + TIDY + ") & %1$s");

    assertThat(output.toString(UTF_8)).isEqualTo("up\ntidy\n");
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
    run(runner(level), "(setsid env -i %1$s >/dev/null 2>&1 &)", LONG);

    assertThat(left()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(value = ProcessControl.class, names = "PID_NAMESPACE")
  void leavesNoZombiesInTheNamespace(ProcessControl level) throws InterruptedException {
    run(
        runner(level),
        "for n in 1 2 3; do (sleep 0.1 &); done; sleep 0.5; cat /proc/[0-9]*/stat",
        LONG);

    assertThat(output.toString(UTF_8).lines()).noneMatch(stat -> stat.contains(") Z "));
  }

  private CommandResult run(LocalCommandRunner runner, String line, Duration limit)
      throws InterruptedException {
    return runner.run(command(line, limit), output::write);
  }

  /**
   * Runs a command until its time is over, again with more time until it has told that it is up.
   */
  private void runOutOfTime(LocalCommandRunner runner, String line) throws InterruptedException {
    for (Duration limit = SHORT; !output.toString(UTF_8).contains("up\n"); ) {
      output.reset();
      assertThat(run(runner, line, limit)).isEqualTo(new TimedOut(limit));
      limit = limit.multipliedBy(2);
    }
  }

  private Command command(String line, Duration limit) {
    return new Command(new Shell(line.formatted(sleep)), directory, Map.of(), limit);
  }

  private static LocalCommandRunner runner(ProcessControl level) {
    return runner(level, SHORT);
  }

  /** One that gives commands all the time they need to tidy up. */
  private static LocalCommandRunner patient(ProcessControl level) {
    return runner(level, LONG);
  }

  private static LocalCommandRunner runner(ProcessControl level, Duration grace) {
    var runner =
        new LocalCommandRunner(
            ProcessSettings.defaults(System.getenv()).withGrace(grace).withStrongest(level));
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
