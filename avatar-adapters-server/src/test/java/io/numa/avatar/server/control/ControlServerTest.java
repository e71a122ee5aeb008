package io.numa.avatar.server.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.operation.Controls;
import io.numa.avatar.operation.LogPart;
import io.numa.avatar.operation.OperationEvent;
import io.numa.avatar.operation.OperationEvents;
import io.numa.avatar.operation.Overview;
import io.numa.avatar.operation.Reloading;
import io.numa.avatar.port.journal.TaskPage;
import io.numa.avatar.server.call.OperatorCalls;
import io.numa.avatar.server.call.RefusedCallException;
import io.numa.avatar.server.document.Documents;
import io.numa.avatar.server.document.Examples;
import io.numa.avatar.server.document.Problem;
import io.numa.avatar.task.TaskId;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The control socket, by its client. */
class ControlServerTest {
  @TempDir private Path state;

  private final Overview overview = mock();
  private final Controls controls = mock();
  private final OperationEvents events = new OperationEvents();
  private Reloading.Result reloaded = Reloading.Result.refused("line 3 is wrong");
  private ControlServer server;

  @BeforeEach
  void start() throws IOException {
    server = start(Duration.ofSeconds(5));
  }

  private ControlServer start(Duration patience) throws IOException {
    return ControlServer.start(
        ControlSocket.of(state),
        Map.of(),
        new Conversation.Served(
            new OperatorCalls(overview, controls, () -> reloaded),
            events,
            Clock.systemUTC(),
            patience,
            new CountDownLatch(1)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void givesTheDocumentsOfTheApi() throws Exception {
    when(overview.status()).thenReturn(Examples.status());
    when(overview.tasks(any()))
        .thenReturn(new TaskPage(List.of(Examples.line()), Optional.of("n")));

    try (ControlClient client = client()) {
      assertThat(client.ask(request("status")))
          .hasToString(Documents.status(Examples.status()).toString());
      JsonNode page = client.ask(request("tasks").put("limit", 3).put("outcome", "failed"));
      assertThat(page.at("/tasks/0/task").asText()).isEqualTo("a/7");
    }
  }

  @Test
  void carriesOutOrders() throws Exception {
    when(controls.cancel(new TaskId("a/7"))).thenReturn(true);

    try (ControlClient client = client()) {
      assertThat(client.ask(request("pause"))).hasToString("{\"done\":\"pause\"}");
      assertThat(client.ask(request("cancel").put("task", "a/7")))
          .hasToString("{\"done\":\"cancel\"}");
    }

    verify(controls).pause();
  }

  @Test
  void saysWhatReadingTheConfigurationAnewHasChanged() throws Exception {
    try (ControlClient client = client()) {
      assertThatThrownBy(() -> client.ask(request("reload")))
          .isInstanceOf(RefusedCallException.class)
          .hasMessage("line 3 is wrong");
      reloaded =
          new Reloading.Result(List.of("guard.max_files"), List.of("git.depth"), Optional.empty());

      assertThat(client.ask(request("reload")))
          .hasToString(
              "{\"done\":\"reload\",\"changed\":[\"guard.max_files\"],\"restart\":[\"git.depth\"]}");
    }
  }

  @Test
  void answersTheOrderThatEndsIt() throws Exception {
    doAnswer(
            order -> {
              var closing = new Thread(server::close);
              closing.start();
              closing.join(300);
              return null;
            })
        .when(controls)
        .drain();

    try (ControlClient client = client()) {
      assertThat(client.ask(request("drain"))).hasToString("{\"done\":\"drain\"}");
    }
  }

  @Test
  void saysWhyItDoesNotCarryOutARequestAndGoesOn() throws Exception {
    when(overview.health()).thenThrow(new IllegalStateException("a bug"));

    try (ControlClient client = client()) {
      assertRefused(client, request("task").put("task", "8"), Problem.Kind.NOT_FOUND);
      assertRefused(client, request("tasks").put("since", "never"), Problem.Kind.BAD_REQUEST);
      assertRefused(client, request("format"), Problem.Kind.BAD_REQUEST);
      assertRefused(client, request("health"), Problem.Kind.UNAVAILABLE);
      assertThat(client.ask(request("resume"))).hasToString("{\"done\":\"resume\"}");
    }
  }

  private static void assertRefused(ControlClient client, ObjectNode request, Problem.Kind kind) {
    assertThatThrownBy(() -> client.ask(request))
        .asInstanceOf(type(RefusedCallException.class))
        .extracting(refused -> refused.problem().kind())
        .isEqualTo(kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[]", "null", "7", "{\"do\":{\"do\":1}}", "GET / HTTP/1.1", "{}"})
  void answersAnErrorToWhatIsNoRequest(String line) throws Exception {
    try (SocketChannel channel = raw()) {
      channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));

      assertThat(line(channel)).startsWith("{\"error\":{\"kind\":\"bad_request\"");
    }
  }

  @Test
  void leavesAClientWhoseRequestDoesNotEnd() throws Exception {
    try (SocketChannel channel = raw()) {
      var piece = ByteBuffer.wrap("x".repeat(1024).getBytes(StandardCharsets.US_ASCII));

      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 1000; i++) {
                  channel.write(piece.rewind());
                }
                throw new IOException(line(channel));
              })
          .isInstanceOf(IOException.class);
    }
    assertThatServes();
  }

  @Test
  void tellsOfEventsUntilTheClientLeaves() throws Exception {
    var taken = new ArrayList<String>();
    try (ControlClient client = client()) {
      var publisher = new Thread(() -> publishOnceWatched(new OperationEvent.Changed()));
      publisher.start();
      client.follow(
          request("events"),
          event -> {
            taken.add(event.toString());
            return false;
          });
      publisher.join();
    }
    assertThat(taken).containsExactly("{\"event\":\"changed\"}");
  }

  private void publishOnceWatched(OperationEvent event) {
    while (events.watchers() == 0) {
      Thread.onSpinWait();
    }
    events.publish(event);
  }

  @Test
  void followsALogUntilTheAttemptIsOver() throws Exception {
    when(overview.log(eq(Examples.TASK), any(), eq(0L), anyInt()))
        .thenReturn(Optional.of(new LogPart(Examples.ATTEMPT, 0, 2, 2, true, "a\n")));
    when(overview.log(eq(Examples.TASK), any(), eq(2L), anyInt()))
        .thenReturn(Optional.of(new LogPart(Examples.ATTEMPT, 2, 2, 2, true, "")))
        .thenReturn(Optional.of(new LogPart(Examples.ATTEMPT, 2, 4, 4, false, "b\n")));

    var text = new StringBuilder();
    try (ControlClient client = client()) {
      client.follow(
          request("log").put("task", "a/7").put("follow", true),
          part -> {
            text.append(part.get("text").asText());
            return part.get("open").asBoolean();
          });
      assertThat(client.ask(request("pause"))).isNotNull();
    }
    assertThat(text).hasToString("a\nb\n");
  }

  @Test
  void dropsAClientThatDoesNotTakeItsAnswer() throws Exception {
    server.close();
    server = start(Duration.ofMillis(50));
    when(overview.change(Examples.TASK)).thenReturn(Optional.of("x".repeat(1 << 20)));

    try (SocketChannel channel = raw()) {
      byte[] request = "{\"do\":\"change\",\"task\":\"a/7\"}\n".getBytes(StandardCharsets.UTF_8);
      assertThatThrownBy(
              () -> {
                while (true) {
                  channel.write(ByteBuffer.wrap(request));
                }
              })
          .isInstanceOf(IOException.class);
    }
    assertThatServes();
  }

  @Test
  void sendsFurtherClientsAway() throws Exception {
    var clients = new ArrayList<ControlClient>();
    try {
      for (int i = 0; i < ControlServer.CLIENTS; i++) {
        clients.add(client());
        clients.get(i).ask(request("pause"));
      }
      try (ControlClient further = client()) {
        assertThatThrownBy(() -> further.ask(request("pause"))).isInstanceOf(IOException.class);
      }
      clients.get(0).ask(request("pause"));
    } finally {
      for (ControlClient client : clients) {
        client.close();
      }
    }
  }

  @Test
  void replacesTheSocketOfAKilledAvatar() throws Exception {
    server.close();
    assertThat(ControlClient.connect(ControlSocket.of(state))).isEmpty();
    try (var killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      killed.bind(UnixDomainSocketAddress.of(path()));
    }
    assertThat(path()).exists();
    assertThat(ControlClient.connect(ControlSocket.of(state))).isEmpty();

    server = start(Duration.ofSeconds(5));

    assertThatServes();
  }

  @Test
  void removesItsSocket() {
    server.close();

    assertThat(path()).doesNotExist();
  }

  private void assertThatServes() throws IOException {
    try (ControlClient client = client()) {
      assertThat(client.ask(request("resume"))).hasToString("{\"done\":\"resume\"}");
    }
  }

  private ControlClient client() throws IOException {
    return ControlClient.connect(ControlSocket.of(state)).orElseThrow();
  }

  private SocketChannel raw() throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(path()));
  }

  private Path path() {
    return state.resolve("control/socket");
  }

  private static String line(SocketChannel channel) throws IOException {
    return new String(Channels.newInputStream(channel).readNBytes(40), StandardCharsets.UTF_8);
  }

  private static ObjectNode request(String word) {
    return JsonNodeFactory.instance.objectNode().put("do", word);
  }
}
