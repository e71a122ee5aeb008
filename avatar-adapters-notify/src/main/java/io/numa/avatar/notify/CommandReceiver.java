package io.numa.avatar.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.notice.Notice;
import io.numa.avatar.port.notice.NoticeEvent;
import io.numa.avatar.port.notice.NoticeReceiver;
import io.numa.avatar.port.process.ProcessRequest;
import io.numa.avatar.port.process.Processes;
import io.numa.avatar.port.process.RunningProcess;
import io.numa.avatar.run.text.Sha256;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.time.Durations;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A program of the operator, run once for each notice: without a shell, with the notice as one line
 * of JSON at its standard input, and with the environment that commands of tasks get. Exit code 0
 * means that it has the notice. Its output is not kept.
 */
public final class CommandReceiver implements NoticeReceiver {
  private static final int ID_DIGITS = 16;

  private final List<String> command;
  private final Set<NoticeEvent> events;
  private final Processes processes;
  private final Duration limit;

  /** A program that may take 30 s. */
  public CommandReceiver(List<String> command, Set<NoticeEvent> events, Processes processes) {
    this(command, events, processes, Duration.ofSeconds(30));
  }

  /**
   * @param limit after which the program is ended
   */
  CommandReceiver(
      List<String> command, Set<NoticeEvent> events, Processes processes, Duration limit) {
    this.command = List.copyOf(command);
    this.events = Set.copyOf(events);
    this.processes = processes;
    this.limit = limit;
  }

  @Override
  public String id() {
    return "command " + Sha256.hex(String.join("\0", command)).substring(0, ID_DIGITS);
  }

  @Override
  public String name() {
    return "the command '" + command.get(0) + "'";
  }

  @Override
  public Set<NoticeEvent> events() {
    return events;
  }

  @Override
  public void deliver(Notice notice) throws InterruptedException {
    RunningProcess process = start();
    try {
      write(process, NoticeDocument.of(notice) + "\n");
      if (!process.awaitExit(limit)) {
        throw failure("it did not end within " + Durations.text(limit));
      }
    } finally {
      process.end(Duration.ZERO);
    }
    if (process.exitCode() != 0) {
      throw failure("it ended with exit code " + process.exitCode());
    }
  }

  private RunningProcess start() {
    return processes.start(
        new ProcessRequest(
            new CommandLine.Argv(command), Path.of("/"), Map.of(), Set.of(), Optional.empty()),
        (buffer, offset, length) -> {},
        (buffer, offset, length) -> {});
  }

  /** A program that reads nothing has ended, or does not want to know; its exit code says that. */
  private static void write(RunningProcess process, String line) {
    try (OutputStream input = process.input()) {
      input.write(line.getBytes(UTF_8));
    } catch (IOException e) {
      // The exit code says whether it has the notice.
    }
  }

  private PortException failure(String reason) {
    return new PortException(
        FailureKind.UNAVAILABLE, "could not send a notice to " + name() + ": " + reason);
  }
}
