package io.numa.avatar.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.numa.avatar.plan.CommandLine.Shell;
import io.numa.avatar.port.process.ProcessRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Tests processes that exchange data with their caller, at every level of process control. */
@EnabledOnOs(OS.LINUX)
@Execution(ExecutionMode.CONCURRENT)
class ContainedProcessTest {
  private static final Duration GRACE = Duration.ofMillis(300);
  private static final Duration SOON = Duration.ofSeconds(20);

  /** Answers each line that it reads on both streams. */
  private static final String ANSWERING =
      "while read -r line; do echo \"out $line\"; echo \"err $line\" >&2; done";

  private final Transcript output = new Transcript();
  private final Transcript errors = new Transcript();
  private final Marker marker = new Marker();
  private final List<ContainedProcess> started = new ArrayList<>();
  @TempDir Path directory;

  @AfterEach
  void endAll() throws InterruptedException {
    started.forEach(process -> process.end(Duration.ZERO));
    marker.killBearers(2);
  }

  @ParameterizedTest
  @EnumSource(ProcessControl.class)
  void answersAsOftenAsItIsAsked(ProcessControl level) throws Exception {
    ContainedProcess process = start(level, ANSWERING + "; exit 6");

    tell(process, "one");
    assertThat(output.awaitText("out one\n", SOON)).isTrue();
    assertThat(errors.awaitText("err one\n", SOON)).isTrue();
    tell(process, "two");
    assertThat(output.awaitText("out one\nout two\n", SOON)).isTrue();
    process.input().close();

    assertThat(process.awaitExit(SOON)).isTrue();
    assertThat(process.exitCode()).isEqualTo(6);
    process.awaitOutput();
    process.end(GRACE);
    assertThat(output.text()).isEqualTo("out one\nout two\n");
    assertThat(errors.text()).isEqualTo("err one\nerr two\n");
  }

  @ParameterizedTest
  @EnumSource(ProcessControl.class)
  void mergesOutputAndErrorsWhereTheyShareASink(ProcessControl level) throws Exception {
    ContainedProcess process =
        start(level, "cat; for n in 1 2 3; do echo o$n; echo e$n >&2; done", Pipes.merged(output));

    assertThat(process.awaitExit(SOON)).isTrue();
    process.end(GRACE);

    assertThat(output.text()).isEqualTo("o1\ne1\no2\ne2\no3\ne3\n");
  }

  @ParameterizedTest
  @EnumSource(ProcessControl.class)
  void goesOnWhenTheThreadThatStartedItHasEnded(ProcessControl level) throws Exception {
    assumeThat(Path.of("/usr/bin/setpriv")).exists();
    var start =
        new FutureTask<>(
            () -> {
              ContainedProcess process = start(level, ANSWERING);
              tell(process, "begun");
              assertThat(output.awaitText("out begun\n", SOON)).isTrue();
              return process;
            });
    var starter = new Thread(start, "starter");
    starter.start();
    ContainedProcess process = start.get(30, SECONDS);
    starter.join();

    for (int i = 0; i < 20; i++) {
      tell(process, "line " + i);
      assertThat(output.awaitText("out line " + i + "\n", SOON)).isTrue();
    }
    assertThat(process.awaitExit(Duration.ZERO)).isFalse();
  }

  /** Proves that the test above can fail: without the starter thread, the process dies. */
  @ParameterizedTest
  @EnumSource(ProcessControl.class)
  void wouldDieWithTheThreadThatStartedIt(ProcessControl level) throws Exception {
    assumeThat(Path.of("/usr/bin/setpriv")).exists();
    Containment containment = Containment.strongest(level, Containment.TOOL_FOLDERS);
    var line = "echo begun; exec sleep " + marker.word();
    var builder = new ProcessBuilder(containment.wrap(List.of("/bin/sh", "-c", line)));
    var start =
        new FutureTask<>(
            () -> {
              Process process = builder.start();
              assertThat(process.getInputStream().read()).isEqualTo('b');
              return process;
            });
    var starter = new Thread(start, "starter");
    starter.start();
    Process process = start.get(30, SECONDS);
    starter.join();

    assertThat(process.waitFor(20, SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(128 + 9);
  }

  @ParameterizedTest
  @EnumSource(ProcessControl.class)
  void takesItsChildrenWithItThatIgnoreTheRequestToEnd(ProcessControl level) throws Exception {
    ContainedProcess process =
        start(level, "trap '' TERM; sleep MARK & sleep MARK & echo begun; " + ANSWERING);
    assertThat(output.awaitText("begun\n", SOON)).isTrue();

    process.end(GRACE);

    assertThat(process.awaitExit(SOON)).isTrue();
    assertThat(marker.bearers()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(value = ProcessControl.class, mode = Mode.EXCLUDE, names = "DESCENDANTS")
  void takesDaemonsWithItThatLeftLongAgo(ProcessControl level) throws Exception {
    ContainedProcess process =
        start(
            level,
            "(setsid sh -c 'trap \"\" TERM; while :; do sleep MARK; done' >/dev/null 2>&1 &);"
                + " sleep 0.2; echo begun; "
                + ANSWERING);
    assertThat(output.awaitText("begun\n", SOON)).isTrue();
    assertThat(marker.awaitAtLeast(1, SOON)).isTrue();

    process.end(GRACE);

    assertThat(marker.bearers()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(value = ProcessControl.class, mode = Mode.EXCLUDE, names = "DESCENDANTS")
  void takesDaemonsWithItThatOutlastedIt(ProcessControl level) throws Exception {
    ContainedProcess process = start(level, "(setsid sleep MARK >/dev/null 2>&1 &); read -r line");
    tell(process, "leave");
    assertThat(process.awaitExit(SOON)).isTrue();

    process.end(GRACE);

    assertThat(marker.bearers()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(ProcessControl.class)
  void letsItTidyUp(ProcessControl level) throws Exception {
    ContainedProcess process =
        // A shell may lose a signal that comes while it starts a program in the foreground.
        start(level, "trap 'echo tidy; exit' TERM; sleep MARK & echo begun >&2; wait");
    assertThat(errors.awaitText("begun\n", SOON)).isTrue();

    process.end(SOON);

    assertThat(output.text()).isEqualTo("tidy\n");
  }

  @ParameterizedTest
  @EnumSource(ProcessControl.class)
  void isEndedByAnotherThreadThanThatWhichWaits(ProcessControl level) throws Exception {
    ContainedProcess process = start(level, "sleep MARK & echo begun; " + ANSWERING);
    assertThat(output.awaitText("begun\n", SOON)).isTrue();
    var waits = new FutureTask<>(() -> process.awaitExit(Duration.ofMinutes(5)));
    new Thread(waits, "waits").start();
    var endsToo = new FutureTask<>(() -> process.end(GRACE), "ended");
    new Thread(endsToo, "ends-too").start();

    process.end(GRACE);

    assertThat(waits.get(20, SECONDS)).isTrue();
    assertThat(endsToo.get(20, SECONDS)).isEqualTo("ended");
    assertThat(marker.bearers()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(ProcessControl.class)
  void freesAThreadThatWritesMoreThanItReads(ProcessControl level) throws Exception {
    ContainedProcess process = start(level, "echo begun; exec sleep MARK");
    assertThat(output.awaitText("begun\n", SOON)).isTrue();
    var writes =
        new FutureTask<>(
            () -> {
              process.input().write(new byte[1 << 20]);
              return "written";
            });
    new Thread(writes, "writes").start();

    process.end(GRACE);

    assertThatThrownBy(() -> writes.get(20, SECONDS)).hasCauseInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @EnumSource(ProcessControl.class)
  void endsWhenItsErrorsAreNotTaken(ProcessControl level) throws Exception {
    ContainedProcess process =
        start(
            level,
            "echo oops >&2; exec sleep MARK",
            Pipes.twoWay(
                output,
                (buffer, offset, length) -> {
                  throw new IllegalStateException("full");
                }));

    assertThat(process.awaitExit(SOON)).isTrue();
    process.end(GRACE);

    assertThatThrownBy(process::throwSinkFailure).hasMessage("full");
    assertThat(marker.bearers()).isEmpty();
  }

  private ContainedProcess start(ProcessControl level, String line) {
    return start(level, line, Pipes.twoWay(output, errors));
  }

  private ContainedProcess start(ProcessControl level, String line, Pipes pipes) {
    var starter =
        new ProcessStarter(
            ProcessSettings.defaults(System.getenv()).withStrongest(level),
            Containment.TOOL_FOLDERS,
            Optional.empty());
    assumeThat(starter.control()).isEqualTo(level);
    var shell = new Shell(line.replace("MARK", marker.word()));
    ContainedProcess process =
        starter.start(
            new ProcessRequest(shell, directory, Map.of(), Set.of(), Optional.empty()), pipes);
    started.add(process);
    return process;
  }

  private static void tell(ContainedProcess process, String line) throws IOException {
    process.input().write((line + "\n").getBytes(UTF_8));
    process.input().flush();
  }
}
