package io.numa.avatar.process;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.numa.avatar.time.Interrupts;
import java.io.Closeable;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;

/**
 * Sends the signals that stop processes and let them go on, for which Java has no method. A shell
 * sends each of them a moment after it was asked to; all have been sent after {@link #close}.
 */
final class Signals implements Closeable {
  private static final String SEND = "while read -r name pid; do kill -s \"$name\" \"$pid\"; done";

  private final Process shell;

  private Signals(Process shell) {
    this.shell = shell;
  }

  static Signals open() throws IOException {
    var builder =
        new ProcessBuilder("/bin/sh", "-c", SEND)
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD);
    builder.environment().clear();
    return new Signals(builder.start());
  }

  void stop(ProcessHandle process) throws IOException {
    send("STOP", process);
  }

  void goOn(ProcessHandle process) throws IOException {
    send("CONT", process);
  }

  private void send(String name, ProcessHandle process) throws IOException {
    // The handle knows when the process started, so another one with its number gets no signal.
    if (process.isAlive()) {
      shell.getOutputStream().write((name + ' ' + process.pid() + '\n').getBytes(US_ASCII));
      shell.getOutputStream().flush();
    }
  }

  /** Waits until the signals have been sent. An interrupt stays pending. */
  @Override
  public void close() throws IOException {
    shell.getOutputStream().close();
    boolean interrupted = Interrupts.take();
    try {
      boolean ignored = shell.waitFor(1, SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
