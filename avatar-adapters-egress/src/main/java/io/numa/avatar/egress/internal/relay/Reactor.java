package io.numa.avatar.egress.internal.relay;

import io.numa.avatar.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One daemon thread that serves many channels, so that a connection costs no thread. It sleeps
 * while no channel can go on. {@link #execute} and {@link #close} may be called by all threads, the
 * other methods by the reactor's own.
 */
public final class Reactor implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Reactor.class);
  private static final int CHUNK = 64 * 1024;
  private static final long SECOND = 1_000;

  private final Selector selector;
  private final TimeSource time;
  private final Thread thread = new Thread(this::run, "avatar-egress");
  private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
  private final Set<Runnable> everySecond = new LinkedHashSet<>();
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private volatile boolean closing;
  private boolean ended;
  private long lastSecond;

  private Reactor(Selector selector, TimeSource time) {
    this.selector = selector;
    this.time = time;
    this.lastSecond = time.nanoTime();
  }

  /** Starts the thread. */
  public static Reactor start(TimeSource time) {
    try {
      var reactor = new Reactor(Selector.open(), time);
      reactor.thread.setDaemon(true);
      reactor.thread.start();
      return reactor;
    } catch (IOException e) {
      throw new UncheckedIOException("could not watch sockets", e);
    }
  }

  /** Runs a task on the reactor's thread, or on this one if that has ended. */
  void execute(Runnable task) {
    if (!queued(task)) {
      task.run();
    }
    selector.wakeup();
  }

  private boolean queued(Runnable task) {
    synchronized (tasks) {
      return !ended && tasks.add(task);
    }
  }

  /** Watches a channel. */
  SelectionKey register(SelectableChannel channel, int operations, Ready ready) throws IOException {
    channel.configureBlocking(false);
    return channel.register(selector, operations, ready);
  }

  /** An empty buffer, for use until the caller returns to the reactor. */
  ByteBuffer chunk() {
    return chunk.clear();
  }

  long nanoTime() {
    return time.nanoTime();
  }

  /** Runs a task about every second until {@link #cancel}. */
  void everySecond(Runnable task) {
    everySecond.add(task);
  }

  void cancel(Runnable task) {
    everySecond.remove(task);
  }

  private void run() {
    try {
      while (!closing) {
        selector.select(this::serve, everySecond.isEmpty() ? 0 : SECOND);
        runTasks();
        runEverySecond();
      }
    } catch (IOException e) {
      log.error("sandboxes lose their network: could not watch sockets", e);
    } finally {
      end();
    }
  }

  private void serve(SelectionKey key) {
    if (!succeeds(() -> ((Ready) key.attachment()).ready(key))) {
      closeQuietly(key.channel());
    }
  }

  /** A fault in our code for one connection must not end the others. */
  private static boolean succeeds(Runnable work) {
    try {
      work.run();
      return true;
    } catch (RuntimeException e) {
      log.error("a connection of a sandbox has failed", e);
      return false;
    }
  }

  private void runTasks() {
    List<Runnable> due;
    synchronized (tasks) {
      due = new ArrayList<>(tasks);
      tasks.clear();
    }
    due.forEach(Reactor::succeeds);
  }

  private void runEverySecond() {
    if (time.since(lastSecond).toMillis() >= SECOND) {
      lastSecond = time.nanoTime();
      new ArrayList<>(everySecond).forEach(Reactor::succeeds);
    }
  }

  private void end() {
    synchronized (tasks) {
      ended = true;
    }
    runTasks();
    selector.keys().forEach(key -> closeQuietly(key.channel()));
    try {
      selector.close();
    } catch (IOException e) {
      log.debug("could not close a selector", e);
    }
  }

  static void closeQuietly(AutoCloseable channel) {
    try {
      channel.close();
    } catch (Exception e) {
      log.debug("could not close a channel", e);
    }
  }

  /** Ends the thread, and closes all channels. */
  @Override
  public void close() {
    closing = true;
    selector.wakeup();
  }
}
