package io.numa.avatar.agent.launch;

import io.numa.avatar.agent.wire.Outbox;
import io.numa.avatar.agent.wire.TextEnd;
import io.numa.avatar.port.CommandRunner.OutputSink;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.process.ProcessRequest;
import io.numa.avatar.port.process.Processes;
import io.numa.avatar.port.process.RunningProcess;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.time.Background;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** An agent's process, with the end of what it says on standard error. */
public final class AgentProcess {
  /** How long processes may take to end when they are asked to. */
  private static final Duration GRACE = Duration.ofMillis(500);

  private static final Duration EVER = Duration.ofDays(365);
  private static final int SIGNALS = 128;

  private final String name;
  private final RunningProcess process;
  private final TextEnd errors;
  private final Background threads;

  /** Used by the thread that prompts only. */
  private Optional<RunningProcess.Suspension> suspension = Optional.empty();

  private AgentProcess(String name, RunningProcess process, TextEnd errors) {
    this.name = name;
    this.process = process;
    this.errors = errors;
    this.threads = new Background(name);
  }

  /**
   * Starts the process.
   *
   * @throws PortException of kind {@code AGENT_UNAVAILABLE} if there is no such program or it
   *     cannot be started, {@code DENIED} if files are to be hidden and cannot be
   */
  public static AgentProcess start(
      Launch launch, ProcessRequest request, Processes processes, OutputSink output) {
    var errors = new TextEnd();
    try {
      RunningProcess process = processes.start(request, output, errors);
      return new AgentProcess(launch.agent().name(), process, errors);
    } catch (PortException e) {
      throw e.kind() == FailureKind.COMMAND_FAILED ? launch.unavailable(e.getMessage()) : e;
    }
  }

  public Duration processorTime() {
    return process.processorTime();
  }

  /** Stops the process and all that it started, until {@link #resume}. */
  public void suspend() {
    suspension = Optional.of(process.suspend());
  }

  /** Lets the processes go on, if they were suspended. */
  public void resume() {
    suspension.ifPresent(RunningProcess.Suspension::resume);
    suspension = Optional.empty();
  }

  /** Writes to the process on a separate thread, until {@link #end}. */
  public void write(Outbox outbox) {
    threads.start("agent-input", outbox.writing(process.input()));
  }

  /**
   * Waits for the end of the process on a separate thread.
   *
   * @param then is told how the process ended, after all its output
   */
  public void onExit(Consumer<String> then) {
    // This thread ends with the process, so it need not be interrupted.
    new Background(name)
        .start(
            "agent-exit",
            () -> {
              try {
                boolean ignored = process.awaitExit(EVER);
                process.end(Duration.ZERO);
                then.accept(ending());
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  /** Waits for the end of the process. */
  public boolean awaitExit(Duration limit) throws InterruptedException {
    return process.awaitExit(limit);
  }

  public int exitCode() {
    return process.exitCode();
  }

  /** How the process ended, with its last words on standard error. */
  public String ending() {
    int code = process.exitCode();
    String how =
        code > SIGNALS ? "was ended by signal " + (code - SIGNALS) : "ended with exit code " + code;
    String words = errors.lines();
    return String.format(
        Locale.ROOT, "its program %s%s", how, words.isEmpty() ? "" : ", and said: " + words);
  }

  /** What the process said last on standard error. */
  public String lastWords() {
    return errors.lines();
  }

  /** Closes the process's input, and ends it and all that it started. */
  public void end() {
    threads.close();
    process.end(GRACE);
  }
}
