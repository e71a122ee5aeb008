package io.numa.avatar.server.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.numa.avatar.operation.Controls;
import io.numa.avatar.operation.OperationEvent;
import io.numa.avatar.operation.OperationEvents;
import io.numa.avatar.operation.Overview;
import io.numa.avatar.port.journal.OutcomeWord;
import io.numa.avatar.server.api.OperationsApi;
import io.numa.avatar.server.call.OperatorCalls;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.time.TimeSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The server with more clients than it serves, and with watchers of all kinds. */
@Timeout(300)
class ManyClientsTest {
  private static final Duration SHORT = Duration.ofMillis(50);

  /** How far the publisher may be ahead of a watcher that takes each event. */
  private static final int IN_A_ROW = OperationEvents.QUEUE - 4;

  private static final TaskId TASK = new TaskId("7");

  /** {@code mvn -Psoak verify} opens as many as an attacker might. */
  private static final int CONNECTIONS = Boolean.getBoolean("soak") ? 10_000 : 600;

  private static final int SMALL = 4 * 1024;
  private static final int USUAL = 128 * 1024;

  private final OperationEvents events = new OperationEvents();
  private final List<AutoCloseable> open = new ArrayList<>();
  private HttpFront front;

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  /**
   * The publisher is as fast as the quick watchers. A slow one may miss events, and goes on to get
   * the newest ones.
   */
  @Test
  void aSlowAndAStuckWatcherAmongFiftyHoldUpNothing() throws Exception {
    var calls = new OperatorCalls(mock(Overview.class), mock(Controls.class));
    var api = new OperationsApi(calls, events, Clock.systemUTC());
    listen(request -> api.answer(request.path(), request), Duration.ofSeconds(2));
    ask("/events", SMALL); // It takes nothing: what its connection holds back is soon full.
    var slow = new ReadingWatcher(ask("/events", USUAL), Duration.ofMillis(1));
    var quick = new ArrayList<ReadingWatcher>();
    for (int i = 2; i < 50; i++) {
      quick.add(new ReadingWatcher(ask("/events", USUAL), Duration.ZERO));
    }
    await(() -> events.watchers() == 50);
    slow.start();
    quick.forEach(Thread::start);

    int number = 0;
    while (events.watchers() == 50) {
      int begun = ++number;
      String title = begun + "-" + "long".repeat(4_000);
      events.publish(new OperationEvent.Began(TASK, title, Instant.EPOCH));
      await(() -> quick.stream().noneMatch(it -> it.isAlive() && it.last < begun - IN_A_ROW));
    }

    await(() -> leave(slow, quick));
    assertThat(quick)
        .extracting(it -> it.gaps + " gaps, " + it.missed + " times too slow")
        .containsOnly("0 gaps, 0 times too slow");
    // On a machine with much else to do, a reader may be as slow as the stuck one.
    int end = number;
    assertThat(quick.stream().filter(it -> it.last == end).count()).isGreaterThan(40);
    System.err.printf(
        "50 watchers: %d got all %d events, a slow one missed some %d times,"
            + " a stuck one was left%n",
        quick.stream().filter(it -> it.last == end).count(), end, slow.missed.get());
  }

  private boolean leave(ReadingWatcher slow, List<ReadingWatcher> quick) {
    events.publish(new OperationEvent.Ended(TASK, OutcomeWord.DONE, Instant.EPOCH));
    return !slow.isAlive() && quick.stream().noneMatch(Thread::isAlive);
  }

  /** Reads events until a task ends, or the server leaves it. */
  private static final class ReadingWatcher extends Thread {
    private static final String EVENT = "data: {\"event\":\"";
    private static final String BEGAN = EVENT + "began\",\"task\":\"7\",\"title\":\"";

    private final Socket socket;
    private final Duration pause;

    /** The number of the last event that has begun a task. */
    volatile int last;

    final AtomicInteger gaps = new AtomicInteger();
    final AtomicInteger missed = new AtomicInteger();

    ReadingWatcher(Socket socket, Duration pause) {
      super("watcher");
      this.socket = socket;
      this.pause = pause;
      setDaemon(true);
    }

    @Override
    public void run() {
      try (var lines =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))) {
        String line = lines.readLine();
        while (line != null && !line.startsWith(EVENT + "ended")) {
          take(line);
          LockSupport.parkNanos(pause.toNanos());
          line = lines.readLine();
        }
      } catch (IOException e) {
        // The server has left it.
      }
    }

    private void take(String line) {
      if (line.startsWith(BEGAN)) {
        int number = Integer.parseInt(line.substring(BEGAN.length(), line.indexOf('-')));
        gaps.addAndGet(number == last + 1 ? 0 : 1);
        last = number;
      }
      missed.addAndGet(line.startsWith(EVENT + "missed") ? 1 : 0);
    }
  }

  /** The JDK's server looks every ten seconds for what has sent nothing for as long. */
  @Test
  @EnabledIfSystemProperty(named = "soak", matches = "true")
  void idleConnectionsEndWithinTwentySecondsAndOthersAreServed() throws Exception {
    listen(request -> Answer.of(200, Answer.TEXT, "hello"), SHORT);
    long begin = TimeSource.SYSTEM.nanoTime();
    Socket first = connect();
    var ended =
        new FutureTask<>(
            () -> {
              assertThat(first.getInputStream().read()).isEqualTo(-1);
              return TimeSource.SYSTEM.since(begin);
            });
    new Thread(ended, "idle client").start();
    for (int i = 1; i < CONNECTIONS; i++) {
      connect();
    }

    await(this::serves);
    assertThat(ended.get()).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(25));
    System.err.println("an idle connection among " + CONNECTIONS + " ended after " + ended.get());
  }

  @Test
  void connectionsThatSendSlowlyAreBoundedAndOthersAreServed() throws Exception {
    listen(request -> Answer.of(200, Answer.TEXT, "hello"), SHORT);
    for (int i = 0; i < CONNECTIONS; i++) {
      try {
        connect().getOutputStream().write("GET / HTTP/1.1\r\nHost: ".getBytes(US_ASCII));
      } catch (IOException e) {
        // It was refused.
      }
    }

    await(this::serves);
  }

  private boolean serves() {
    try (Socket socket = new Socket(front.address().getAddress(), front.address().getPort())) {
      socket.setSoTimeout(1_000);
      socket.getOutputStream().write(request("/"));
      return socket.getInputStream().readNBytes(12).length == 12;
    } catch (IOException e) {
      return false;
    }
  }

  private void listen(Handler handler, Duration patience) throws IOException {
    var any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    front = HttpFront.listen(any, handler, patience);
    open.add(front);
  }

  private Socket connect() throws IOException {
    return connect(USUAL);
  }

  /**
   * @param held how many bytes a connection holds back for a client that does not take them
   */
  private Socket connect(int held) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(held);
    socket.connect(front.address());
    open.add(0, socket);
    return socket;
  }

  private Socket ask(String path, int held) throws IOException {
    Socket socket = connect(held);
    // HTTP 1.0 has no chunks, whose lengths would part the lines of the answer.
    String request = "GET " + path + " HTTP/1.0\r\nHost: x\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(US_ASCII));
    return socket;
  }

  private static byte[] request(String path) {
    return ("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(US_ASCII);
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      assertThat(Thread.currentThread().isInterrupted()).as("the test's time is over").isFalse();
      LockSupport.parkNanos(5_000_000);
    }
  }
}
