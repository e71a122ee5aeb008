package io.numa.avatar.cli.endurance;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.numa.avatar.server.call.RefusedCallException;
import io.numa.avatar.server.control.ControlClient;
import io.numa.avatar.server.control.ControlSocket;
import io.numa.avatar.testkit.agent.TestAgent;
import io.numa.avatar.testkit.server.BackendEvent.LogWritten;
import io.numa.avatar.testkit.server.GitServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People tell an agent that is a program of its own something while an avatar has it work. */
class SteeredAgentIT {
  private static final Duration LIMIT = Duration.ofMinutes(5);

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
            .set("sandbox.profile", "process") // an agent waits for a file outside of the tree
            .set("sandbox.minimum.agent", "off");
    Files.writeString(
        folder.resolve("home/config.yaml"),
        """
        agents:
          available:
            - {name: steerable, command: [%s]}
            - {name: plain, command: [%s]}
        """
            .formatted(
                agent("steerable", "say I begin.\\n\nsteered write course.txt XML", "--steerable"),
                agent(
                    "plain",
                    """
                    say I begin.\\n
                    shell while [ ! -e %s ]; do sleep 0.05; done
                    write course.txt CSV
                    ---
                    prompt
                    write course.txt XML
                    """
                        .formatted(folder.resolve("go")))),
        APPEND);
  }

  private String agent(String name, String script, String... switches) throws IOException {
    Path file = Files.writeString(folder.resolve(name), script);
    return TestAgent.command(file, switches).stream()
        .map(word -> '"' + word + '"')
        .collect(Collectors.joining(", "));
  }

  @AfterEach
  void end() {
    work.close();
    git.close();
  }

  @Test
  void anAgentChangesCourseInItsTurnAndAnotherOneWithItsNextPrompt() throws Exception {
    int first = work.giveProse("Export the list.", "grep XML course.txt", "steerable");
    int second = work.giveProse("Export the list.", "grep XML course.txt", "plain");

    try (var avatar = home.start()) {
      awaitLog(first, "I begin.");
      say(first);
      awaitLog(second, "I begin.");
      say(second);
      Files.createFile(folder.resolve("go"));
      work.backend().awaitStatus(second, "done", LIMIT);
      assertThatThrownBy(() -> say(first))
          .isInstanceOf(RefusedCallException.class)
          .hasMessageContaining("takes no message: it is over");
      avatar.terminate();
      assertThat(avatar.await()).as(avatar.console()).isEqualTo(143);
    }

    work.assertDoneOnce(home);
    assertThat(work.repository().read(work.branch(first), "course.txt")).isEqualTo("XML\n");
    assertThat(log(first))
        .contains("message of alice: Take XML.", "got the message of alice in its turn")
        .doesNotContain("the agent gets messages");
    assertThat(work.repository().read(work.branch(second), "course.txt")).isEqualTo("XML\n");
    assertThat(log(second))
        .containsSubsequence(
            "message of alice: Take XML.",
            "Write course.txt",
            "the agent gets with its prompt: 1 message",
            "plain: From alice:",
            "plain: Take XML.",
            "[test] exited with 0");
  }

  private void say(int task) throws IOException {
    var request = JsonNodeFactory.instance.objectNode().put("do", "say");
    request.put("task", String.valueOf(task)).put("author", "alice").put("text", "Take XML.");
    try (ControlClient operator =
        ControlClient.connect(ControlSocket.of(home.stateDir())).orElseThrow()) {
      operator.ask(request);
    }
  }

  private void awaitLog(int task, String text) throws Exception {
    work.backend()
        .awaitEvent(
            task,
            "to say " + text,
            event -> event instanceof LogWritten log && log.text().contains(text),
            LIMIT);
  }

  private String log(int task) {
    return work.backend().log(task, work.backend().logs(task).get(0).attempt());
  }
}
