package io.numa.avatar.process;

import io.numa.avatar.time.Interrupts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops processes. Searches repeatedly, as the processes may start others meanwhile. */
final class ProcessSuspender {
  private static final Logger log = LoggerFactory.getLogger(ProcessSuspender.class);

  /** How long to try. Processes that start others faster than they are found may take long. */
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final ProcessKiller.Search search;
  private final Set<ProcessHandle> stopped = new LinkedHashSet<>();

  ProcessSuspender(ProcessKiller.Search search) {
    this.search = search;
  }

  /** Stops all processes, and says whether all stand still. An interrupt stays pending. */
  boolean stop() {
    boolean interrupted = Interrupts.take();
    try (var signals = Signals.open()) {
      interrupted |= stop(signals);
      return true;
    } catch (IOException | UncheckedIOException e) {
      log.warn("Could not suspend processes: {}", e.getMessage());
      return false;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Stops until no process runs, and says whether it was interrupted meanwhile. */
  private boolean stop(Signals signals) throws IOException {
    boolean interrupted = false;
    var limit = Deadline.in(LIMIT);
    var doubt = Deadline.in(ProcessKiller.DOUBT_LIMIT);
    var running = new LinkedHashSet<ProcessHandle>();
    int clean = 0;
    while (true) {
      running.clear();
      boolean sure = search.look(process -> stopOnSight(process, signals, running));
      clean = running.isEmpty() ? clean + 1 : 0;
      if (clean == 0) {
        doubt = Deadline.in(ProcessKiller.DOUBT_LIMIT);
      }
      if (clean >= ProcessKiller.CLEAN_LOOKS && (sure || doubt.passed())) {
        return interrupted;
      }
      if (limit.passed()) {
        throw new IOException("they still run after " + LIMIT.toSeconds() + " s");
      }
      try {
        Deadline.pause();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }

  private void stopOnSight(ProcessHandle process, Signals signals, Set<ProcessHandle> running) {
    if (ProcFs.stopped(process)) {
      return; // perhaps by one of the processes, and then it has to stay stopped
    }
    try {
      signals.stop(process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    stopped.add(process);
    if (ProcFs.runs(process)) {
      running.add(process);
    }
  }

  /** Lets the processes that it stopped go on. */
  void goOn() {
    goOn(stopped);
    stopped.clear();
  }

  static void goOn(Set<ProcessHandle> processes) {
    if (processes.isEmpty()) {
      return;
    }
    try (var signals = Signals.open()) {
      for (ProcessHandle process : processes) {
        signals.goOn(process);
      }
    } catch (IOException e) {
      log.warn("Could not let suspended processes go on: {}", e.getMessage());
    }
  }
}
