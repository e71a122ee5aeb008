package io.numa.avatar.testkit.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.CommandLine.Argv;
import io.numa.avatar.plan.CommandLine.Shell;
import io.numa.avatar.port.CommandRunner.OutputSink;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.process.ProcessRequest;
import io.numa.avatar.port.process.Processes;
import io.numa.avatar.port.process.RunningProcess;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.time.Interrupts;
import io.numa.avatar.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tests that every implementation of {@link Processes} must pass. They need a POSIX shell. */
public abstract class ProcessesContract {
  private static final Duration GRACE = Duration.ofMillis(300);

  /** Tidies up when asked to end. A shell that starts a program may lose a signal; this waits. */
  static final String TIDY = "sleep 300 & trap 'echo tidy; exit' TERM; echo begun >&2; wait";

  static final Duration SOON = Duration.ofSeconds(20);
  private static final int MEGABYTE = 1 << 20;

  @TempDir protected Path directory;
  final ReceivedOutput output = new ReceivedOutput();
  final ReceivedOutput errors = new ReceivedOutput();
  private final List<RunningProcess> started = new ArrayList<>();

  protected abstract Processes processes();

  @AfterEach
  void endAll() {
    started.forEach(process -> process.end(Duration.ZERO));
  }

  @Test
  protected void answersAsOftenAsItIsAsked() throws Exception {
    RunningProcess process =
        start("while read -r line; do echo \"out $line\"; echo \"err $line\" >&2; done; exit 6");

    tell(process, "one");
    output.await("out one\n");
    errors.await("err one\n");
    tell(process, "two");
    output.await("out one\nout two\n");
    process.input().close();

    assertThat(process.awaitExit(SOON)).isTrue();
    assertThat(process.exitCode()).isEqualTo(6);
    process.end(GRACE);
    assertThat(output.text()).isEqualTo("out one\nout two\n");
    assertThat(errors.text()).isEqualTo("err one\nerr two\n");
  }

  @Test
  protected void carriesMuchInBothDirectionsAtATime() throws Exception {
    RunningProcess process = start("cat");
    var text = "x".repeat(MEGABYTE - 1) + "\n";

    for (int i = 0; i < 3; i++) {
      process.input().write(text.getBytes(UTF_8));
    }
    process.input().close();

    assertThat(process.awaitExit(SOON)).isTrue();
    process.end(GRACE);
    assertThat(output.text()).isEqualTo(text.repeat(3));
  }

  @Test
  protected void keepsWhatWasPrintedLast() throws Exception {
    RunningProcess process = start("printf 'no newline'; printf 'nor here' >&2; exit 3");

    assertThat(process.awaitExit(SOON)).isTrue();
    process.end(GRACE);

    assertThat(process.exitCode()).isEqualTo(3);
    assertThat(output.text()).isEqualTo("no newline");
    assertThat(errors.text()).isEqualTo("nor here");
  }

  @Test
  protected void freesAThreadThatWritesToAProcessThatDoesNotRead() throws Exception {
    RunningProcess process = start("echo begun; exec sleep 300");
    output.await("begun\n");
    var writes =
        new FutureTask<>(
            () -> {
              process.input().write(new byte[MEGABYTE]);
              return "written";
            });
    new Thread(writes, "writes").start();

    process.end(GRACE);

    assertThatThrownBy(() -> writes.get(20, SECONDS)).hasCauseInstanceOf(IOException.class);
  }

  @Test
  protected void takesNoInputAfterItsEnd() throws Exception {
    RunningProcess process = start("exit 0");
    assertThat(process.awaitExit(SOON)).isTrue();
    process.end(GRACE);

    assertThatThrownBy(() -> tell(process, "too late")).isInstanceOf(IOException.class);
  }

  @Test
  protected void saysThatItStillRuns() throws Exception {
    RunningProcess process = start("echo begun; exec sleep 300");

    assertThat(process.awaitExit(Duration.ofMillis(50))).isFalse();
    assertThatThrownBy(process::exitCode).isInstanceOf(IllegalStateException.class);
  }

  @Test
  protected void tellsTheSignalThatEndedIt() throws Exception {
    RunningProcess process = start("kill -TERM $$");

    assertThat(process.awaitExit(SOON)).isTrue();
    assertThat(process.exitCode()).isEqualTo(128 + 15);
  }

  @Test
  protected void letsItTidyUp() throws Exception {
    RunningProcess process = start(TIDY);
    errors.await("begun\n");

    process.end(SOON);

    assertThat(output.text()).isEqualTo("tidy\n");
    process.end(SOON); // a second call does nothing
  }

  @Test
  protected void endsWhatIgnoresTheRequestToEnd() throws Exception {
    RunningProcess process = start("trap '' TERM; echo begun; while :; do sleep 0.05; done");
    output.await("begun\n");

    process.end(GRACE);

    assertThat(process.awaitExit(Duration.ZERO)).isTrue();
    assertThat(process.exitCode()).isEqualTo(128 + 9);
  }

  @Test
  protected void keepsAnInterruptPendingWhileItEnds() throws Exception {
    RunningProcess process = start("trap '' TERM; echo begun; while :; do sleep 0.05; done");
    output.await("begun\n");

    Thread.currentThread().interrupt();
    process.end(Duration.ofMinutes(5));

    assertThat(Interrupts.take()).isTrue();
    assertThat(process.awaitExit(Duration.ZERO)).isTrue();
  }

  @Test
  protected void endsWhereASinkTakesNoMore() throws Exception {
    RunningProcess process =
        start(
            request(new Shell("echo oops >&2; exec sleep 300"), Set.of()),
            output,
            (buffer, offset, length) -> {
              throw new IllegalStateException("full");
            });

    assertThat(process.awaitExit(SOON)).isTrue();
  }

  @Test
  protected void worksInItsFolderWithItsVariables() throws Exception {
    var request =
        new ProcessRequest(
            new Argv(List.of("sh", "-c", "pwd -P; printf '%s\\n' \"$WORD\" \"$@\"", "sh", "a b")),
            directory,
            Map.of("WORD", "of its own"),
            Set.of(),
            Optional.empty());

    RunningProcess process = start(request, output, errors);

    assertThat(process.awaitExit(SOON)).isTrue();
    process.end(GRACE);
    assertThat(output.text()).isEqualTo(directory.toRealPath() + "\nof its own\na b\n");
  }

  @Test
  protected void refusesAProgramThatIsMissing() {
    var request = request(new Argv(List.of("no-such-program-anywhere")), Set.of());

    assertThatThrownBy(() -> processes().start(request, output, errors))
        .asInstanceOf(type(PortException.class))
        .returns(FailureKind.COMMAND_FAILED, PortException::kind);
  }

  @Test
  protected void showsByItsProcessorTimeThatAChildWorks() throws Exception {
    RunningProcess process =
        start("read -r line; sh -c 'while [ ! -e done ]; do :; done'; echo waits; exec sleep 300");
    Duration before = process.processorTime();
    assumeThat(process.processorTime()).isEqualTo(before); // it waits

    tell(process, "work");
    Duration early = awaitMore(process, before);
    awaitMore(process, early);

    Files.createFile(directory.resolve("done"));
    output.await("waits\n");
    Duration after = process.processorTime();
    assertThat(after).isGreaterThan(early); // also that of the child that has ended
    assertThat(process.processorTime()).isEqualTo(after);
  }

  @Test
  protected void hidesFoldersAndFiles() throws Exception {
    assumeThat(processes().canHide()).isTrue();
    Path folder = Files.createDirectory(directory.resolve(".agent"));
    Files.writeString(folder.resolve("hooks.json"), "evil");
    Files.writeString(folder.resolve(".more"), "evil");
    Path file = Files.writeString(directory.resolve(".env"), "URL=evil");
    Files.writeString(directory.resolve("README.md"), "good\n");

    RunningProcess process =
        start(
            request(
                new Shell(
                    "ls -A .agent; cat .env README.md; echo x >.agent/x; echo x >.env;"
                        + " read -r line; ls -A"),
                Set.of(folder, file)),
            output,
            errors);
    tell(process, "go on");

    assertThat(process.awaitExit(SOON)).isTrue();
    process.end(GRACE);
    assertThat(output.text()).isEqualTo("good\n.agent\n.env\nREADME.md\n");
    assertThat(file).hasContent("URL=evil");
    assertThat(folder)
        .isDirectoryContaining("glob:**hooks.json")
        .isDirectoryNotContaining("glob:**x");
  }

  /** A request that hides paths and has neither variables nor an owner. */
  protected final ProcessRequest request(CommandLine line, Set<Path> hidden) {
    return new ProcessRequest(line, directory, Map.of(), hidden, Optional.empty());
  }

  /** Starts a line of shell; it is ended after the test. */
  protected final RunningProcess start(String line) {
    return start(request(new Shell(line), Set.of()), output, errors);
  }

  /** Starts a process that is ended after the test. */
  protected final RunningProcess start(ProcessRequest request, OutputSink out, OutputSink err) {
    RunningProcess process = processes().start(request, out, err);
    started.add(process);
    return process;
  }

  protected static void tell(RunningProcess process, String line) throws IOException {
    process.input().write((line + "\n").getBytes(UTF_8));
    process.input().flush();
  }

  private static Duration awaitMore(RunningProcess process, Duration less)
      throws InterruptedException {
    long start = TimeSource.SYSTEM.nanoTime();
    Duration now = process.processorTime();
    while (now.compareTo(less) <= 0 && TimeSource.SYSTEM.since(start).compareTo(SOON) < 0) {
      assertThat(process.awaitExit(Duration.ofMillis(10))).isFalse();
      now = process.processorTime();
    }
    assertThat(now).isGreaterThan(less);
    return now;
  }
}
