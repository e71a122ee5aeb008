package io.numa.avatar.testkit.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.port.Command;
import io.numa.avatar.port.CommandResult;
import io.numa.avatar.port.CommandResult.Exited;
import io.numa.avatar.port.CommandResult.Stalled;
import io.numa.avatar.port.CommandResult.TimedOut;
import io.numa.avatar.port.CommandRunner;
import io.numa.avatar.port.CommandRunner.OutputSink;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.FailureKind;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tests that every {@link CommandRunner} must pass. A subclass provides the runner and some
 * commands.
 */
public abstract class CommandRunnerContract {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir protected Path directory;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);

  protected abstract CommandRunner runner();

  /** A command that prints {@code text} in UTF-8 and exits with {@code code}. */
  protected abstract CommandLine printing(String text, int code);

  /** A command that prints {@code text} in UTF-8 and runs for longer than a minute. */
  protected abstract CommandLine lasting(String text);

  /** A command whose program does not exist. */
  protected abstract CommandLine missing();

  @AfterEach
  void endThreads() throws InterruptedException {
    threads.shutdownNow();
    assertThat(threads.awaitTermination(10, SECONDS)).isTrue();
  }

  @Test
  void givesTheExitCodeAndTheOutputOfACommandThatSucceeds() throws InterruptedException {
    var output = new ByteArrayOutputStream();

    var result = runner().run(command(printing("done\n", 0), LONG), output::write);

    assertThat(code(result)).isZero();
    assertThat(output.toString(UTF_8)).isEqualTo("done\n");
  }

  @Test
  void givesTheExitCodeAndTheOutputOfACommandThatFails() throws InterruptedException {
    var output = new ByteArrayOutputStream();

    var result = runner().run(command(printing("broken\n", 3), LONG), output::write);

    assertThat(code(result)).isEqualTo(3);
    assertThat(output.toString(UTF_8)).isEqualTo("broken\n");
  }

  @Test
  void leavesTheBytesOfTheOutputAsTheyAre() throws InterruptedException {
    var text = "Grüße, 世界 🚀, tab\there, return\rhere, no newline at the end";
    var output = new ByteArrayOutputStream();

    runner().run(command(printing(text, 0), LONG), output::write);

    assertThat(output.toByteArray()).isEqualTo(text.getBytes(UTF_8));
  }

  @Test
  void givesTheSameForTheSameCommand() throws InterruptedException {
    var command = command(printing("again", 4), LONG);
    var outputs = new ByteArrayOutputStream();

    var first = runner().run(command, outputs::write);
    var second = runner().run(command, outputs::write);

    assertThat(List.of(code(first), code(second))).containsExactly(4, 4);
    assertThat(outputs.toString(UTF_8)).isEqualTo("againagain");
  }

  @Test
  void runsACommandThatItWasMadeReadyFor() throws InterruptedException {
    var output = new ByteArrayOutputStream();
    CommandResult result;
    CommandResult again;

    try (var ready = runner().prepare(command(printing("ready\n", 3), LONG))) {
      result = runner().run(command(printing("ready\n", 3), LONG.minusSeconds(1)), output::write);
      again = runner().run(command(printing("again\n", 4), LONG), output::write);
    }

    assertThat(List.of(code(result), code(again))).containsExactly(3, 4);
    assertThat(output.toString(UTF_8)).isEqualTo("ready\nagain\n");
  }

  @Test
  void runsACommandAfterWhatWasReadyForItIsGivenBack() throws InterruptedException {
    var command = command(printing("done\n", 0), LONG);
    var output = new ByteArrayOutputStream();
    runner().prepare(command).close();

    runner().run(command, output::write);

    assertThat(output.toString(UTF_8)).isEqualTo("done\n");
  }

  @Test
  void keepsCommandsOfSeveralThreadsApart() throws Exception {
    var lines = List.of(printing("a", 1), printing("b", 2), printing("c", 3), printing("d", 4));
    CommandRunner runner = runner();

    var runs = new ArrayList<Future<String>>();
    for (CommandLine line : lines) {
      runs.add(
          threads.submit(
              () -> {
                var output = new ByteArrayOutputStream();
                var result = runner.run(command(line, LONG), output::write);
                return output.toString(UTF_8) + code(result);
              }));
    }

    var results = new ArrayList<String>();
    for (Future<String> run : runs) {
      results.add(run.get(30, SECONDS));
    }
    assertThat(results).containsExactly("a1", "b2", "c3", "d4");
  }

  @Test
  void endsACommandThatOutlastsItsTime() throws InterruptedException {
    var limit = Duration.ofMillis(700);
    var output = new ByteArrayOutputStream();

    var result = runner().run(command(lasting("begun"), limit), output::write);

    assertThat(result).isEqualTo(new TimedOut(limit));
    assertThat(output.toString(UTF_8)).isEqualTo("begun");
  }

  @Test
  void endsACommandThatPrintsNothingForTooLong() throws InterruptedException {
    var stall = Duration.ofMillis(700);
    var output = new ByteArrayOutputStream();

    var result = runner().run(command(lasting("begun"), LONG, stall), output::write);

    assertThat(result).isEqualTo(new Stalled(stall));
    assertThat(output.toString(UTF_8)).isEqualTo("begun");
  }

  @Test
  void saysThatTheTimeIsOverWhereThatComesBeforeTheStall() throws InterruptedException {
    var limit = Duration.ofMillis(700);

    var result =
        runner().run(command(lasting("begun"), limit, LONG), (buffer, offset, length) -> {});

    assertThat(result).isEqualTo(new TimedOut(limit));
  }

  @Test
  void endsWhatRunsForAnAttemptAndNothingElse() throws Exception {
    var owner = AttemptId.random();
    var other = AttemptId.random();
    CommandRunner runner = runner();
    var lasting = lasting("begun");
    var begun = new CountDownLatch(2);
    OutputSink sink = (buffer, offset, length) -> begun.countDown();

    var ours = threads.submit(() -> runner.run(command(lasting, owner), sink));
    var others = threads.submit(() -> runner.run(command(lasting, other), sink));
    assertThat(begun.await(30, SECONDS)).isTrue();
    runner.endLeftovers(owner);

    assertThat(code(ours.get(30, SECONDS))).isNotZero();
    assertThat(others.isDone()).isFalse();
  }

  @Test
  void endsNothingForAnAttemptThatHasLeftNothing() throws InterruptedException {
    var owner = AttemptId.random();
    var command = command(printing("done", 0), owner);
    CommandRunner runner = runner();
    runner.run(command, (buffer, offset, length) -> {});

    runner.endLeftovers(owner);
    runner.endLeftovers(owner);
    var again = runner.run(command, (buffer, offset, length) -> {});

    assertThat(code(again)).isZero();
  }

  @Test
  void handsOutputOverBeforeTheEndAndEndsACommandWhoseThreadIsInterrupted() throws Exception {
    var begun = new CountDownLatch(1);
    var interrupted = new CountDownLatch(1);
    var command = command(lasting("begun"), LONG);
    CommandRunner runner = runner();

    var run =
        new Thread(
            () -> {
              try {
                runner.run(command, (buffer, offset, length) -> begun.countDown());
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
            },
            "interrupted");
    run.start();
    assertThat(begun.await(30, SECONDS)).isTrue();
    run.interrupt();

    assertThat(interrupted.await(30, SECONDS)).isTrue();
  }

  @Test
  void refusesAProgramThatDoesNotExist() {
    var command = command(missing(), LONG);

    assertThatThrownBy(() -> runner().run(command, (buffer, offset, length) -> {}))
        .isInstanceOfSatisfying(
            PortException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.COMMAND_FAILED))
        .hasMessageStartingWith("could not run ");
  }

  @Test
  void throwsWhatTheSinkThrows() {
    var full = new IllegalStateException("the disk is full");
    OutputSink sink =
        (buffer, offset, length) -> {
          throw full;
        };

    assertThatThrownBy(() -> runner().run(command(lasting("begun"), LONG), sink)).isSameAs(full);
  }

  /** A command in an empty folder, with an empty environment. */
  protected final Command command(CommandLine line, Duration timeout) {
    return new Command(line, directory, Map.of(), timeout);
  }

  private Command command(CommandLine line, Duration timeout, Duration stall) {
    return new Command(line, directory, Map.of(), timeout, Optional.of(stall), Optional.empty());
  }

  private Command command(CommandLine line, AttemptId owner) {
    return new Command(line, directory, Map.of(), LONG, Optional.empty(), Optional.of(owner));
  }

  private static int code(CommandResult result) {
    assertThat(result).isInstanceOf(Exited.class);
    return ((Exited) result).code();
  }
}
