package io.numa.avatar.cli.service;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.numa.avatar.process.sandbox.helper.HelperProgram;
import io.numa.avatar.time.Timers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd how the service is: that it is ready, that its threads make progress, and that it
 * stops. Does nothing where no service manager has set {@code NOTIFY_SOCKET}. Safe for use by
 * several threads.
 *
 * <p>Java 17 has no UNIX datagrams, so the sandbox's helper sends them. A process of ours other
 * than the main one is believed only with {@code NotifyAccess=all}.
 */
public final class ServiceNotice implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ServiceNotice.class);
  private static final String SOCKET = "NOTIFY_SOCKET";

  private final Map<String, String> environment;
  private final Optional<Path> helper;
  private final ScheduledExecutorService timer = Timers.daemon("avatar-watchdog");

  private ServiceNotice(Map<String, String> environment, Optional<Path> helper) {
    this.environment = environment;
    this.helper = helper;
  }

  /**
   * Prepares for what is to be told.
   *
   * @param environment the process's own
   * @param folder for the helper program; it is made if it is missing
   */
  public static ServiceNotice of(Map<String, String> environment, Path folder)
      throws InterruptedException {
    if (!environment.containsKey(SOCKET)) {
      return new ServiceNotice(environment, Optional.empty());
    }
    HelperProgram program = HelperProgram.install(folder);
    program.lack().ifPresent(lack -> log.warn("could not use systemd's socket: {}", lack));
    return new ServiceNotice(environment, program.path());
  }

  /**
   * Tells that the service is ready. From then on, tells that it makes progress, three times in the
   * period in which systemd expects that ({@code WATCHDOG_USEC}).
   *
   * @param stuck a sentence for each thread that should have made progress by now
   */
  public void ready(Supplier<List<String>> stuck) {
    send("READY=1");
    period().ifPresent(period -> watch(stuck, period.dividedBy(3).toNanos()));
  }

  private void watch(Supplier<List<String>> stuck, long nanos) {
    var unused = timer.scheduleAtFixedRate(() -> watch(stuck), nanos, nanos, NANOSECONDS);
  }

  /** Tells that the service ends. That may take long, and its threads are watched until then. */
  public void stopping() {
    send("STOPPING=1");
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private Optional<Duration> period() {
    String micros = environment.getOrDefault("WATCHDOG_USEC", "");
    return helper.isPresent() && micros.matches("[1-9]\\d{0,14}")
        ? Optional.of(Duration.ofNanos(Long.parseLong(micros) * 1000))
        : Optional.empty();
  }

  private void watch(Supplier<List<String>> stuck) {
    List<String> reasons = stuck.get();
    if (reasons.isEmpty()) {
      send("WATCHDOG=1");
    } else {
      log.error("systemd may end this service: {}", String.join("; ", reasons));
    }
  }

  private void send(String state) {
    helper.ifPresent(program -> send(program, state));
  }

  private void send(Path program, String state) {
    var builder = new ProcessBuilder(program.toString(), "notify", state).inheritIO();
    builder.environment().put(SOCKET, environment.getOrDefault(SOCKET, ""));
    try {
      int code = builder.start().waitFor();
      if (code != 0) {
        log.warn("could not tell systemd {}: exit code {}", state, code);
      }
    } catch (IOException e) {
      log.warn("could not tell systemd {}: {}", state, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
