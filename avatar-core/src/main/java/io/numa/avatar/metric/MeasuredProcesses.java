package io.numa.avatar.metric;

import io.numa.avatar.port.CommandRunner.OutputSink;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.process.ProcessRequest;
import io.numa.avatar.port.process.Processes;
import io.numa.avatar.port.process.RunningProcess;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Counts the processes of coding agents by how they ended, each once. */
public final class MeasuredProcesses implements Processes {
  private final Processes processes;
  private final Metrics metrics;

  /** Which came first: a process that is asked to end exits, too. */
  private enum Ending {
    BY_ITSELF,
    BY_THE_AVATAR
  }

  public MeasuredProcesses(Processes processes, Metrics metrics) {
    this.processes = processes;
    this.metrics = metrics;
  }

  @Override
  public RunningProcess start(ProcessRequest request, OutputSink output, OutputSink errors) {
    try {
      return new Counted(processes.start(request, output, errors));
    } catch (PortException e) {
      count("not_started");
      throw e;
    }
  }

  @Override
  public boolean canHide() {
    return processes.canHide();
  }

  private void count(String how) {
    metrics.count(Metric.PROCESSES_ENDED, how);
  }

  private final class Counted implements RunningProcess {
    private final RunningProcess process;
    private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();
    private final AtomicBoolean counted = new AtomicBoolean();

    Counted(RunningProcess process) {
      this.process = process;
    }

    @Override
    public OutputStream input() {
      return process.input();
    }

    @Override
    public boolean awaitExit(Duration limit) throws InterruptedException {
      boolean exited = process.awaitExit(limit);
      if (exited) {
        ending.compareAndSet(null, Ending.BY_ITSELF);
      }
      return exited;
    }

    @Override
    public int exitCode() {
      return process.exitCode();
    }

    @Override
    public Duration processorTime() {
      return process.processorTime();
    }

    @Override
    public Suspension suspend() {
      return process.suspend();
    }

    @Override
    public void end(Duration grace) {
      ending.compareAndSet(null, Ending.BY_THE_AVATAR);
      process.end(grace);
      if (counted.compareAndSet(false, true)) {
        count(how());
      }
    }

    private String how() {
      if (ending.get() == Ending.BY_THE_AVATAR) {
        return "ended";
      }
      return process.exitCode() == 0 ? "succeeded" : "failed";
    }
  }
}
