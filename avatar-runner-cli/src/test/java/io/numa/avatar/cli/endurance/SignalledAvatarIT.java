package io.numa.avatar.cli.endurance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.cli.Main;
import io.numa.avatar.server.call.RefusedCallException;
import io.numa.avatar.server.control.ControlClient;
import io.numa.avatar.server.control.ControlSocket;
import io.numa.avatar.testkit.server.BackendEvent.LogWritten;
import io.numa.avatar.testkit.server.GitServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Tests signals while a task runs: SIGHUP reads the configuration again; the first SIGTERM lets the
 * task end, the second stops it and keeps it for later.
 */
@Execution(ExecutionMode.CONCURRENT)
class SignalledAvatarIT {
  @TempDir Path folder;
  private GitServer git;
  private Work work;
  private AvatarHome home;

  @BeforeEach
  void begin() throws Exception {
    git = GitServer.start(folder.resolve("git"));
    work = Work.begin(git);
    home =
        AvatarHome.make(folder.resolve("home"), work.backend().url())
            .set("sandbox.profile", "process"); // its steps wait for a file outside of the tree
  }

  @AfterEach
  void end() {
    work.close();
    git.close();
  }

  @Test
  void firstSignalLetsTheTaskAtWorkEndAndSighupReadsTheConfigurationAgain() throws Exception {
    Path go = folder.resolve("go");
    Path local = folder.resolve("home/config.local.yaml");
    Files.writeString(local, "guard: {max_files: 9}\n");
    work.give("echo at work; while [ ! -e " + go + " ]; do sleep 0.1; done");

    try (var avatar =
        home.start(Main.class, List.of("run", "--serve", "127.0.0.1:" + freePort()))) {
      awaitLog(1, "\n| at work\n");
      Files.writeString(local, "avatar: {concurrency: none}\nguard: {max_files: 7}\n");
      avatar.hangUp();
      avatar.awaitOutput("The configuration has errors and stays as it was: ");
      Files.writeString(
          local, "avatar: {concurrency: 2}\nguard: {max_files: 7}\ngit: {depth: 5}\n");
      avatar.hangUp();
      avatar.awaitOutput("From the next task on, it changes avatar.concurrency, guard.max_files");
      avatar.awaitOutput("Only a restart changes git.depth\n"); // and not the server's address
      assertThatTheSocketReloadsToo(local);
      avatar.terminate();
      avatar.awaitOutput("once more interrupts");
      Files.createFile(go);

      assertThat(avatar.await()).as(avatar.console()).isEqualTo(143);
    }
    work.assertDoneOnce(home);
  }

  /** As 'avatar reload' does. The backend's new token holds from the next request on. */
  private void assertThatTheSocketReloadsToo(Path local) throws Exception {
    try (ControlClient operator =
        ControlClient.connect(ControlSocket.of(home.stateDir())).orElseThrow()) {
      Files.writeString(local, "guard: {max_files: many}\n");
      assertThatThrownBy(() -> operator.ask(request("reload")))
          .isInstanceOf(RefusedCallException.class)
          .hasMessageContaining("guard.max_files");
      Files.writeString(
          local,
          """
          backend: {api_token: another-token-71}
          agents: {available: [{name: helper, protocol: command, command: ["true"]}]}
          shutdown: {drain: 1h}
          """);

      assertThat(operator.ask(request("reload")).at("/changed"))
          .map(JsonNode::asText)
          .contains("backend.api_token", "agents.available", "shutdown.drain");
      work.backend().withToken("another-token-71");
      assertThat(operator.ask(request("status")).at("/avatar/agents/0").asText())
          .isEqualTo("helper");
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static ObjectNode request(String word) {
    return JsonNodeFactory.instance.objectNode().put("do", word);
  }

  @Test
  void secondSignalEndsTheProcessesAndLeavesTheTaskToTheNextProcess() throws Exception {
    Path go = folder.resolve("go");
    home.set("logs.format", "json").set("logs.file", folder.resolve("avatar.log"));
    work.give("echo at work; while [ ! -e " + go + " ]; do sleep 0.1; done");

    try (var avatar = home.start()) {
      awaitLog(1, "\n| at work\n");
      avatar.terminate();
      avatar.awaitOutput("once more interrupts");
      avatar.terminate();

      assertThat(avatar.await()).as(avatar.console()).isEqualTo(143);
    }

    assertThat(Files.readString(folder.resolve("avatar.log")))
        .containsPattern(
            "\"task\":\"1\",\"attempt\":\"[^\"]+\",\"stage\":\"develop\","
                + "\"message\":\"Task 1 stays open");
    assertThat(work.backend().statuses(1)).containsOnly("in_progress");
    assertThat(work.strays()).isZero();
    Files.createFile(go);
    work.finish(home);
    work.assertDoneOnce(home);
  }

  private void awaitLog(int task, String text) throws Exception {
    work.backend()
        .awaitEvent(
            task,
            "to say " + text,
            event -> event instanceof LogWritten log && ("\n" + log.text()).contains(text),
            Duration.ofMinutes(5));
  }
}
