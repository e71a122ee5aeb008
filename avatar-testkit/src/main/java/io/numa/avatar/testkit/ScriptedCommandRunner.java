package io.numa.avatar.testkit;

import static io.numa.avatar.task.FailureKind.COMMAND_FAILED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.numa.avatar.port.Command;
import io.numa.avatar.port.CommandResult;
import io.numa.avatar.port.CommandResult.Exited;
import io.numa.avatar.port.CommandResult.TimedOut;
import io.numa.avatar.port.CommandRunner;
import io.numa.avatar.port.PortException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs nothing: answers commands by what was said of them, and remembers them. A command is known
 * by how a person would type it; of several answers to one, the last holds. A command of which
 * nothing was said succeeds and prints nothing. Safe for use by several threads.
 */
public final class ScriptedCommandRunner implements CommandRunner {
  private final Map<String, CommandRunner> answers = new ConcurrentHashMap<>();
  private final List<Command> executed = new CopyOnWriteArrayList<>();
  private volatile CommandRunner otherwise = exiting(0, "");

  /** Makes {@code line} print {@code output}, in UTF-8, and exit with {@code code} at once. */
  public void answer(String line, int code, String output) {
    answer(line, exiting(code, output));
  }

  /** Makes {@code line} end with {@code result}, whatever its time, after printing. */
  public void answer(String line, CommandResult result, String output) {
    answer(
        line,
        (command, sink) -> {
          print(output, sink);
          return result;
        });
  }

  /** Makes {@code line} do what {@code script} does, such as changing files. */
  public void answer(String line, CommandRunner script) {
    answers.put(line, script);
  }

  /** Makes {@code line} a command that cannot be started, as its program is missing. */
  public void refuse(String line) {
    answer(
        line,
        (command, sink) -> {
          throw new PortException(
              COMMAND_FAILED, "could not run '" + line + "': no such program on PATH");
        });
  }

  /**
   * Makes {@code line} print {@code output} and go on until it is released, its time is over, or
   * its thread is interrupted.
   */
  public Held hold(String line, String output) {
    var held = new Held(output);
    answer(line, held);
    return held;
  }

  /** Settles what a command does of which nothing was said. */
  public void otherwise(CommandRunner script) {
    otherwise = script;
  }

  /** The commands so far, in the order they began, each as a person would type it. */
  public List<String> executed() {
    return executed.stream().map(command -> command.line().display()).toList();
  }

  /** The commands so far, in the order they began. */
  public List<Command> commands() {
    return List.copyOf(executed);
  }

  @Override
  public CommandResult run(Command command, OutputSink output) throws InterruptedException {
    executed.add(command);
    return answers.getOrDefault(command.line().display(), otherwise).run(command, output);
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

  /** A command that goes on until it is told to end. */
  public static final class Held implements CommandRunner {
    private final String output;
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile int code;

    private Held(String output) {
      this.output = output;
    }

    /** Waits until the command runs, and says whether it did within {@code limit}. */
    public boolean awaitStart(Duration limit) throws InterruptedException {
      return started.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Lets the command exit with {@code exitCode}, now or as soon as it is run. */
    public void release(int exitCode) {
      code = exitCode;
      released.countDown();
    }

    @Override
    public CommandResult run(Command command, OutputSink sink) throws InterruptedException {
      print(output, sink);
      started.countDown();
      return released.await(NANOSECONDS.convert(command.timeout()), NANOSECONDS)
          ? new Exited(code, Duration.ZERO)
          : new TimedOut(command.timeout());
    }
  }
}
