package io.numa.avatar.testkit;

import static io.numa.avatar.task.FailureKind.COMMAND_FAILED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.numa.avatar.port.Command;
import io.numa.avatar.port.CommandResult;
import io.numa.avatar.port.CommandResult.Exited;
import io.numa.avatar.port.CommandResult.Stalled;
import io.numa.avatar.port.CommandResult.TimedOut;
import io.numa.avatar.port.CommandRunner;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.AttemptId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs nothing: it returns the answers of a test, and records the commands. A command is identified
 * by its shell spelling; the last of several answers to it counts. A command without an answer
 * succeeds and prints nothing. Safe for use by several threads.
 */
public final class ScriptedCommandRunner implements CommandRunner {
  private final Map<String, CommandRunner> answers = new ConcurrentHashMap<>();
  private final List<Command> executed = new CopyOnWriteArrayList<>();
  private final List<AttemptId> ended = new CopyOnWriteArrayList<>();
  private volatile CommandRunner otherwise = exiting(0, "");

  /** Makes {@code line} print {@code output} in UTF-8, and exit with {@code code} at once. */
  public void answer(String line, int code, String output) {
    answer(line, exiting(code, output));
  }

  /**
   * Makes {@code line} print {@code output} and end with {@code result}; its time limit is ignored.
   */
  public void answer(String line, CommandResult result, String output) {
    answer(
        line,
        (command, sink) -> {
          print(output, sink);
          return result;
        });
  }

  /** Makes {@code script} run in place of {@code line}, for example to change files. */
  public void answer(String line, CommandRunner script) {
    answers.put(line, script);
  }

  /** Makes {@code line} a command that cannot start, because its program is missing. */
  public void refuse(String line) {
    answer(
        line,
        (command, sink) -> {
          throw new PortException(
              COMMAND_FAILED, "could not run '" + line + "': no such program on PATH");
        });
  }

  /**
   * Makes {@code line} print {@code output} and run until the test releases it, its limit of time
   * or silence is over, its attempt's leftovers are ended, or its thread is interrupted.
   */
  public Held hold(String line, String output) {
    var held = new Held(output);
    answer(line, held);
    return held;
  }

  /** Sets the answer to all commands without their own answer. */
  public void otherwise(CommandRunner script) {
    otherwise = script;
  }

  /** The commands so far, in the order of their starts, each in shell spelling. */
  public List<String> executed() {
    return executed.stream().map(command -> command.line().display()).toList();
  }

  /** The commands so far, in the order of their starts. */
  public List<Command> commands() {
    return List.copyOf(executed);
  }

  @Override
  public CommandResult run(Command command, OutputSink output) throws InterruptedException {
    executed.add(command);
    return answers.getOrDefault(command.line().display(), otherwise).run(command, output);
  }

  /** Ends the held commands of the attempt, with code 143, and records the attempt. */
  @Override
  public void endLeftovers(AttemptId owner) {
    ended.add(owner);
    answers.values().stream()
        .filter(Held.class::isInstance)
        .map(Held.class::cast)
        .forEach(held -> held.end(owner));
  }

  /** The attempts for which {@link #endLeftovers} was called, in that order. */
  public List<AttemptId> ended() {
    return List.copyOf(ended);
  }

  private static CommandRunner exiting(int code, String output) {
    return (command, sink) -> {
      print(output, sink);
      return new Exited(code, Duration.ZERO);
    };
  }

  private static void print(String text, OutputSink sink) {
    byte[] bytes = text.getBytes(UTF_8);
    if (bytes.length > 0) {
      sink.write(bytes, 0, bytes.length);
    }
  }

  /** A command that runs until a test ends it. */
  public static final class Held implements CommandRunner {
    /** The exit code of a command that the signal TERM ended. */
    private static final int TERMINATED = 143;

    private final String output;
    private final CountDownLatch started = new CountDownLatch(1);
    private final CompletableFuture<Integer> released = new CompletableFuture<>();
    private final Queue<Run> runs = new ConcurrentLinkedQueue<>();

    private Held(String output) {
      this.output = output;
    }

    /** One run that has not ended. */
    private record Run(Optional<AttemptId> owner, CompletableFuture<Integer> code) {}

    /** Waits for at most {@code limit} until the command runs, and returns whether it does. */
    public boolean awaitStart(Duration limit) throws InterruptedException {
      return started.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Makes the command exit with {@code exitCode}, now or as soon as it runs. */
    public void release(int exitCode) {
      released.complete(exitCode);
    }

    private void end(AttemptId owner) {
      runs.stream()
          .filter(run -> run.owner().equals(Optional.of(owner)))
          .forEach(run -> run.code().complete(TERMINATED));
    }

    @Override
    public CommandResult run(Command command, OutputSink sink) throws InterruptedException {
      var run = new Run(command.owner(), released.copy());
      runs.add(run);
      Duration timeout = command.timeout();
      Optional<Duration> stall = command.stall().filter(time -> time.compareTo(timeout) < 0);
      try {
        print(output, sink);
        started.countDown();
        int code = run.code().get(NANOSECONDS.convert(stall.orElse(timeout)), NANOSECONDS);
        return new Exited(code, Duration.ZERO);
      } catch (TimeoutException e) {
        return stall.<CommandResult>map(Stalled::new).orElse(new TimedOut(timeout));
      } catch (ExecutionException e) {
        throw new IllegalStateException("no test makes it fail", e);
      } finally {
        runs.remove(run);
      }
    }
  }
}
