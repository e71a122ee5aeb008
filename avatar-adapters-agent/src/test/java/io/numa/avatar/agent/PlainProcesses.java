package io.numa.avatar.agent;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.port.CommandRunner.OutputSink;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.process.ProcessRequest;
import io.numa.avatar.port.process.Processes;
import io.numa.avatar.port.process.RunningProcess;
import io.numa.avatar.task.FailureKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Processes as the JDK starts them. They can hide nothing. */
final class PlainProcesses implements Processes {
  private final List<Process> started = new CopyOnWriteArrayList<>();
  private final boolean canHide;

  PlainProcesses() {
    this(false);
  }

  PlainProcesses(boolean canHide) {
    this.canHide = canHide;
  }

  /** The processes that still run, of all that were started. */
  List<Process> alive() {
    return started.stream().filter(Process::isAlive).toList();
  }

  @Override
  public RunningProcess start(ProcessRequest request, OutputSink output, OutputSink errors) {
    var builder =
        new ProcessBuilder(((CommandLine.Argv) request.line()).words())
            .directory(request.directory().toFile());
    String path = builder.environment().get("PATH");
    builder.environment().clear();
    builder.environment().put("PATH", path);
    builder.environment().putAll(request.environment());
    try {
      Process process = builder.start();
      started.add(process);
      var pumps =
          List.of(pump(process.getInputStream(), output), pump(process.getErrorStream(), errors));
      return new Plain(process, pumps);
    } catch (IOException e) {
      throw new PortException(
          FailureKind.COMMAND_FAILED, "could not run it: no such program on PATH", e);
    }
  }

  @Override
  public boolean canHide() {
    return canHide;
  }

  private static Thread pump(InputStream stream, OutputSink sink) {
    var thread = new Thread(() -> copy(stream, sink), "pump");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void copy(InputStream stream, OutputSink sink) {
    var buffer = new byte[16 * 1024];
    try {
      for (int length = stream.read(buffer); length >= 0; length = stream.read(buffer)) {
        sink.write(buffer, 0, length);
      }
    } catch (IOException e) {
      // The process was ended.
    }
  }

  private record Plain(Process process, List<Thread> pumps) implements RunningProcess {
    @Override
    public OutputStream input() {
      return process.getOutputStream();
    }

    @Override
    public boolean awaitExit(Duration limit) throws InterruptedException {
      return process.waitFor(limit.toNanos(), NANOSECONDS);
    }

    @Override
    public int exitCode() {
      return process.exitValue();
    }

    @Override
    public Duration processorTime() {
      return Stream.concat(Stream.of(process.toHandle()), process.descendants())
          .map(handle -> handle.info().totalCpuDuration().orElse(Duration.ZERO))
          .reduce(Duration.ZERO, Duration::plus);
    }

    /** They go on. */
    @Override
    public Suspension suspend() {
      return () -> {};
    }

    @Override
    public void end(Duration grace) {
      boolean interrupted = Thread.interrupted();
      var all = new ArrayList<>(process.descendants().toList());
      all.add(process.toHandle());
      try {
        if (!grace.isZero()) {
          process.destroy();
          process.waitFor(grace.toNanos(), NANOSECONDS);
        }
        all.forEach(ProcessHandle::destroyForcibly);
        process.waitFor();
        for (Thread pump : pumps) {
          pump.join(1_000);
        }
      } catch (InterruptedException e) {
        all.forEach(ProcessHandle::destroyForcibly);
        interrupted = true;
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
