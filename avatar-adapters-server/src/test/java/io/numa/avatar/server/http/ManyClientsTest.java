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
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The server with more clients than it serves, and with watchers of all kinds. */
@Timeout(120)
class ManyClientsTest {
  private static final Duration SHORT = Duration.ofMillis(500);
  private static final TaskId TASK = new TaskId("7");

  /** {@code mvn -Psoak verify} opens as many as an attacker might. */
  private static final int CONNECTIONS = Boolean.getBoolean("soak") ? 10_000 : 600;

  private final OperationEvents events = new OperationEvents();
  private final List<AutoCloseable> open = new ArrayList<>();
  private HttpFront front;

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  @Test
  void aStuckWatcherAmongFiftyIsLeftAndHoldsUpNothing() throws Exception {
    var calls = new OperatorCalls(mock(Overview.class), mock(Controls.class));
    var api = new OperationsApi(calls, events, Clock.systemUTC());
    listen(request -> api.answer(request.path(), request), Duration.ofSeconds(3));
    var readers = new ArrayList<BufferedReader>();
    for (int i = 0; i < 50; i++) {
      Socket socket = ask("/events");
      readers.add(new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)));
    }
    await(() -> events.watchers() == 50);
    var taking = new ArrayList<Thread>();
    for (BufferedReader reader : readers.subList(2, 50)) {
      taking.add(start(() -> reader.lines().anyMatch(line -> line.contains("ended"))));
    }
    taking.add(start(() -> readSlowly(readers.get(1))));

    // The first one takes nothing: what its connection holds back is soon full.
    Instant time = Instant.EPOCH;
    while (events.watchers() == 50) {
      time = time.plusMillis(1);
      events.publish(new OperationEvent.Began(TASK, "long".repeat(10_000), time));
      LockSupport.parkNanos(1_000_000);
    }
    events.publish(new OperationEvent.Changed());

    // On a machine with much else to do, a reader may be as slow as the stuck one.
    assertThat(events.watchers()).isBetween(40, 49);
    for (Thread thread : taking) {
      await(
          () -> {
            events.publish(new OperationEvent.Ended(TASK, OutcomeWord.DONE, Instant.EPOCH));
            return !thread.isAlive();
          });
    }
  }

  /** A slow one misses events, and goes on to get the newest ones. */
  private static boolean readSlowly(BufferedReader reader) {
    return reader
        .lines()
        .peek(line -> LockSupport.parkNanos(1))
        .anyMatch(line -> line.contains("ended"));
  }

  /** The JDK's server closes what has sent nothing for ten seconds. */
  @Test
  @EnabledIfSystemProperty(named = "soak", matches = "true")
  void idleConnectionsAreBoundedAndOthersAreServed() throws Exception {
    listen(request -> Answer.of(200, Answer.TEXT, "hello"), SHORT);
    for (int i = 0; i < CONNECTIONS; i++) {
      connect();
    }

    await(this::serves);
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
    var socket = new Socket();
    socket.setReceiveBufferSize(4_096); // What a client does not take holds up the server soon.
    socket.connect(front.address());
    open.add(0, socket);
    return socket;
  }

  private Socket ask(String path) throws IOException {
    Socket socket = connect();
    socket.getOutputStream().write(request(path));
    return socket;
  }

  private static byte[] request(String path) {
    return ("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(US_ASCII);
  }

  private static Thread start(BooleanSupplier work) {
    var thread = new Thread(new FutureTask<>(work::getAsBoolean), "watcher");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(5_000_000); // The test's time limit ends it.
    }
  }
}
