package io.numa.avatar.process;

import io.numa.avatar.port.CommandRunner.OutputSink;
import io.numa.avatar.port.CommandRunner.Readiness;
import io.numa.avatar.port.process.ProcessRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commands whose sandboxes are made before they start. Each waits in a sandbox of its own, which
 * serves no other command. Safe for use by several threads.
 */
final class CommandsAhead {
  private static final Logger log = LoggerFactory.getLogger(CommandsAhead.class);

  private final ProcessStarter starter;
  private final Map<ProcessRequest, Waiting> waiting = new ConcurrentHashMap<>();

  CommandsAhead(ProcessStarter starter) {
    this.starter = starter;
  }

  /** Makes a command's sandbox on another thread, if the command can wait in it. */
  Readiness prepare(ProcessRequest request) {
    if (!starter.canWait(request)) {
      return Readiness.NONE;
    }
    var one = new Waiting();
    if (waiting.putIfAbsent(request, one) != null) {
      return Readiness.NONE;
    }
    var thread = new Thread(() -> one.start(starter, request), "avatar-ahead");
    thread.setDaemon(true);
    thread.start();
    return () -> {
      if (waiting.remove(request, one)) {
        one.end();
      }
    };
  }

  /**
   * Starts the command that waits.
   *
   * @return empty if none waits, or if its sandbox could not be made
   */
  Optional<ContainedProcess> begin(ProcessRequest request, OutputSink output) {
    return Optional.ofNullable(waiting.remove(request)).flatMap(one -> one.begin(output));
  }

  /** One command. It prints nothing before it starts. */
  private static final class Waiting {
    private final CompletableFuture<ContainedProcess> process = new CompletableFuture<>();
    private volatile OutputSink output = (buffer, offset, length) -> {};

    void start(ProcessStarter starter, ProcessRequest request) {
      OutputSink late = (buffer, offset, length) -> output.write(buffer, offset, length);
      try {
        process.complete(starter.start(request, Pipes.waiting(late)));
      } catch (RuntimeException | Error e) {
        process.completeExceptionally(e);
      }
    }

    Optional<ContainedProcess> begin(OutputSink sink) {
      output = sink;
      Optional<ContainedProcess> ready = await();
      try {
        if (ready.isPresent()) {
          ready.get().begin();
        }
        return ready;
      } catch (IOException e) {
        log.debug("The sandbox of a command has ended before it", e);
        ready.get().end(Duration.ZERO);
        return Optional.empty();
      }
    }

    /** Waits for some milliseconds; an interruption stays pending. */
    private Optional<ContainedProcess> await() {
      try {
        return Optional.of(process.join());
      } catch (CompletionException e) {
        log.debug("The sandbox of a command was not made ahead", e.getCause());
        return Optional.empty();
      }
    }

    void end() {
      await().ifPresent(one -> one.end(Duration.ZERO));
    }
  }
}
