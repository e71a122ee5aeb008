package io.numa.avatar.cli.endurance;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.numa.avatar.server.control.ControlClient;
import io.numa.avatar.server.control.ControlSocket;
import io.numa.avatar.testkit.server.GitServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Ends an avatar with SIGKILL while a coding agent works. */
@Execution(ExecutionMode.CONCURRENT)
class KilledWithAnAgentIT {
  /** Writes what it was told into a numbered file, and works by that number. */
  private static final String AGENT =
      """
      cd_prompts=%1$s
      n=$(ls "$cd_prompts" | grep -c prompt-)
      cp "$1" "$cd_prompts/prompt-$n"
      hang() { touch "$cd_prompts/hangs-$n"; echo "I wait"; sleep 3600.%2$s; }
      case $n in
        0) printf 'half\\n' > login.txt; hang ;;
        1) printf 'bad\\n' > login.txt; echo "Done" ;;
        2) printf 'worse\\n' > login.txt; hang ;;
        *) printf 'good\\n' > login.txt; echo "Done at last" ;;
      esac
      """;

  private static final String SAID = "Ask for a passkey.";

  @TempDir Path folder;
  private GitServer git;
  private Work work;
  private AvatarHome home;
  private Path prompts;

  @BeforeEach
  void begin() throws Exception {
    git = GitServer.start(folder.resolve("git"));
    work = Work.begin(git);
    home =
        AvatarHome.make(folder.resolve("home"), work.backend().url())
            .set("sandbox.profile", "process") // the agent leaves marks outside of the tree
            .set("sandbox.minimum.agent", "off");
    prompts = Files.createDirectory(folder.resolve("prompts"));
    Path agent = folder.resolve("agent.sh");
    Files.writeString(agent, AGENT.formatted(prompts, work.marker()));
    Files.writeString(
        folder.resolve("home/config.yaml"),
        """
        agents:
          available:
            - {name: house, protocol: command, command: [sh, "%s", "{prompt_file}"]}
        """
            .formatted(agent),
        APPEND);
  }

  @AfterEach
  void end() {
    work.close();
    git.close();
  }

  /**
   * The first attempt is killed in a turn, when a message was just accepted that the agent does not
   * have yet; the second one in a repair.
   */
  @Test
  void deliversOnceAndHandsOnWhatKilledAttemptsHadChanged() throws Exception {
    int task = work.giveProse("Let people log in.", "grep good login.txt");

    killWhenItHangs(0, () -> say(task, SAID));
    killWhenItHangs(2, () -> {});
    work.finish(home);

    work.assertDoneOnce(home);
    assertThat(work.repository().read(work.branch(task), "login.txt")).isEqualTo("good\n");
    assertThat(work.backend().logs(task)).hasSize(3);
    assertThat(prompt(0)).contains("Let people log in.").doesNotContain("Earlier attempt", SAID);
    assertThat(prompt(1)).contains("# Earlier attempt", "+half\n").containsOnlyOnce(SAID);
    assertThat(prompt(2)).contains("grep good login.txt", "exited with 1");
    assertThat(prompt(3)).contains("# Earlier attempt", "+worse\n").doesNotContain("+half\n");
    var statuses = work.backend().statusesWritten(task);
    var agent = statuses.get(statuses.size() - 1).details().path("agent");
    assertThat(statuses.get(statuses.size() - 1).details().path("steering").toString())
        .isEqualTo(
            "{\"accepted\":1,\"delivered\":1,\"author\":\"alice\",\"text\":\"" + SAID + "\"}");
    assertThat(agent.path("name").asText()).isEqualTo("house");
    assertThat(agent.path("stop").asText()).isEqualTo("completed");
    assertThat(agent.path("summary").asText()).isEqualTo("Done at last");
  }

  private String prompt(int number) throws IOException {
    return Files.readString(prompts.resolve("prompt-" + number));
  }

  private void say(int task, String text) throws IOException {
    var request = JsonNodeFactory.instance.objectNode().put("do", "say");
    request.put("task", String.valueOf(task)).put("author", "alice").put("text", text);
    try (ControlClient operator =
        ControlClient.connect(ControlSocket.of(home.stateDir())).orElseThrow()) {
      assertThat(operator.ask(request).path("done").asText()).isEqualTo("say");
    }
  }

  private interface Deed {
    void run() throws IOException;
  }

  /** Kills the avatar at once after {@code last}. */
  private void killWhenItHangs(int number, Deed last) throws Exception {
    try (var avatar = home.start()) {
      while (!Files.exists(prompts.resolve("hangs-" + number))) {
        assertThat(avatar.isAlive()).as(avatar.console()).isTrue();
        avatar.awaits(all -> false, Duration.ofMillis(5));
      }
      last.run();
      avatar.kill();
    }
  }
}
