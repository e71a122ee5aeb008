package io.numa.avatar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.testkit.server.GitServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code exec --prompt} as far as no agent works. */
class ExecPromptTest {
  @TempDir Path folder;
  private GitServer git;
  private Path config;

  @BeforeEach
  void makeRepository() throws IOException {
    git = GitServer.start(folder.resolve("git"));
    git.createRepository("shop").seed("main", Map.of("count.txt", "1\n"));
    config = Files.writeString(folder.resolve("config.yaml"), "avatar: {id: local}\n");
  }

  @AfterEach
  void stopServer() {
    git.close();
  }

  @Test
  void saysWhichSettingIsMissingBeforeItClones() {
    Shell.Result result = exec(new Shell(), "--prompt", "Count every piece");

    assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
    assertThat(result.lines())
        .anyMatch(line -> line.startsWith("failed at plan: "))
        .contains(
            "note: set an agent up under agents.available, or name a known one with --agent: "
                + "qwen, gemini, claude, codex, opencode, kimi, goose, openhands");
    assertThat(git.requests()).isZero();
  }

  @Test
  void namesTheVariablesThatAKnownAgentNeeds() {
    Shell.Result result = exec(new Shell(), "--prompt", "Count", "--agent", "claude");

    assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
    assertThat(result.lines())
        .contains(
            "note: set ANTHROPIC_API_KEY, ANTHROPIC_MODEL, ANTHROPIC_BASE_URL in the environment,"
                + " or set an agent up under agents.available");
  }

  @Test
  void tellsProgramsTheKindOfTheFailure() {
    Shell.Result result = exec(new Shell(), "--prompt", "Count every piece", "--json");

    assertThat(result.out()).contains("\"kind\":\"no_agent\"");
  }

  @Test
  void takesEitherAPlanOrAPrompt() {
    Shell.Result neither = exec(new Shell());
    Shell.Result both = exec(new Shell(), "--prompt", "Count", "--plan", "plan.yaml");

    assertThat(neither.exitCode()).isEqualTo(2);
    assertThat(neither.err()).contains("(--plan=FILE | --prompt=TEXT)");
    assertThat(both.exitCode()).isEqualTo(2);
    assertThat(both.err()).contains("mutually exclusive");
  }

  @Test
  void refusesAnEmptyPrompt() {
    Shell.Result result = exec(new Shell().input(" \n"), "--prompt", "-");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).startsWith("--prompt: is empty");
  }

  @Test
  void refusesAnAddressThatWouldShowTheKeyToOthers() {
    Shell.Result result =
        exec(
            new Shell()
                .variable("OPENAI_API_KEY", "k3y-of-mine")
                .variable("OPENAI_BASE_URL", "http://llm.example.com/v1"),
            "--prompt",
            "Count",
            "--agent",
            "qwen");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("would carry the key over plain http");
    assertThat(result.err() + result.out()).doesNotContain("k3y-of-mine");
  }

  private Shell.Result exec(Shell shell, Object... more) {
    Object[] arguments = new Object[5 + more.length];
    arguments[0] = "exec";
    arguments[1] = "--config";
    arguments[2] = config;
    arguments[3] = "--repo";
    arguments[4] = git.httpUrl("shop");
    System.arraycopy(more, 0, arguments, 5, more.length);
    return shell.run(arguments);
  }
}
