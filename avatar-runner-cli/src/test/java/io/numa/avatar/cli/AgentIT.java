package io.numa.avatar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.testkit.agent.TestAgent;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.model.ModelAction;
import io.numa.avatar.testkit.model.ModelRequest;
import io.numa.avatar.testkit.model.ModelScript;
import io.numa.avatar.testkit.model.ModelServer;
import io.numa.avatar.testkit.server.GitServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code exec} through the packaged jar, with coding agents that are programs. */
class AgentIT {
  private static final String KEY = "model-k3y-of-the-operator";

  @TempDir Path folder;

  @Test
  void handsAPromptToAnAgentAndPushesWhatPassesTheTests() throws Exception {
    Path script =
        Files.writeString(
            folder.resolve("script"),
            """
            say I look at the count.
            shell cat count.txt
            env
            write count.txt one
            model Is that right?
            ---
            write count.txt 2
            model Is that right now?
            """);
    try (var git = GitServer.start(Files.createDirectory(folder.resolve("git")));
        var model = ModelServer.start().withKey(KEY)) {
      model.play(ModelScript.always(ModelAction.say("It is right.")).alsoWithoutTools());
      SeededRepository repository = git.createRepository("shop");
      repository.seed("main", Map.of("count.txt", "1\n"));
      Files.writeString(folder.resolve("config.yaml"), configuration(model, script));

      String console = exec(git.path("shop"));

      assertThat(console)
          .containsSubsequence(
              "note: coding agents are experimental; ",
              "[develop] house: I look at the count.",
              "[develop] house -> cat count.txt",
              "[develop]     1",
              "[develop] house: It is right.",
              "[test] $ grep 2 count.txt",
              "[test] exited with 1 ",
              "repair 1 of 2",
              "[test] exited with 0 ",
              "house 1.2.3 (scripted-model): 2 turns, 3 tools, ",
              "2.4k tokens in (400 cached), 80 out, cost 0.00",
              "done: ",
              " is now branch dev-set-the-count-to-two of ")
          .doesNotContain(KEY);
      assertThat(repository.branches()).contains("dev-set-the-count-to-two");
      assertThat(repository.log("dev-set-the-count-to-two").get(0).message())
          .startsWith("feat: Set the count to two");
      assertThat(record()).contains("Is that right?", "It is right.").doesNotContain(KEY);
      assertThat(model.requests()).extracting(ModelRequest::apiKey).containsOnly(Optional.of(KEY));
    }
  }

  /** The reviewer tries to change what it reviews, and answers in a sloppy way. */
  @Test
  void pushesWhatAReviewerSawInASandboxThatItCanOnlyRead() throws Exception {
    Path script =
        Files.writeString(
            folder.resolve("script"),
            """
            shell cat count.txt && git log -1 --format=%s; (echo evil >evil.txt) 2>&1
            shell (echo 3 >count.txt) 2>&1; cat count.txt; pwd
            say Here it is:\\n```json\\n{'verdict': 'Approved', findings: [{"path": "count.txt:1", message: 'fine',}],}\\n```
            """);
    try (var git = GitServer.start(Files.createDirectory(folder.resolve("git")))) {
      SeededRepository repository = git.createRepository("shop");
      repository.seed("main", Map.of("count.txt", "1\n"));
      Files.writeString(
          folder.resolve("config.yaml"),
          """
          avatar: {log_dir: ./logs}
          sandbox: {tools: [%s]}
          agents: {available: [{name: judge, protocol: acp, command: [%s]}]}
          review: {agent: judge, action: fail}
          """
              .formatted(quoted(tools(script)), quoted(TestAgent.command(script))));
      Files.writeString(
          folder.resolve("plan.yaml"),
          """
          version: 1
          steps: [{write: {path: count.txt, content: "2\\n"}}]
          review: {action: report}
          """);

      String console = exec(git.path("shop"), "--plan", "plan.yaml", "--branch", "dev-two");

      assertThat(console)
          .containsSubsequence(
              "the plan's review.action 'report' has no effect: it is milder than the configured"
                  + " 'fail'",
              "[test] exited with 0 ",
              "[review] judge reviews the change",
              "[review]     2",
              "The change",
              "Read-only file system",
              "Read-only file system",
              "[review]     2",
              "[review] review by judge: approved, 1 finding",
              "done: ");
      assertThat(repository.read("dev-two", "count.txt")).isEqualTo("2\n");
      assertThat(repository.files("dev-two")).containsOnlyKeys("count.txt");
    }
  }

  private String exec(Path repository) throws Exception {
    return exec(repository, "--prompt", "Set the count to two");
  }

  private String exec(Path repository, String... task) throws Exception {
    String[] arguments =
        Stream.of(
                Stream.of("exec", "--repo", repository.toString()),
                Stream.of(task),
                Stream.of("--test", "grep 2 count.txt", "--push"))
            .flatMap(words -> words)
            .toArray(String[]::new);
    try (var avatar = AvatarProcess.start(folder, Map.of("MODEL_KEY", KEY), arguments)) {
      int code = avatar.await();
      assertThat(code).as(avatar.console()).isZero();
      return avatar.console();
    }
  }

  /** What the agent asked its model, beside the attempt's log. */
  private String record() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("logs/exec"))) {
      return Files.readString(
          files.filter(file -> file.toString().endsWith(".llm.jsonl")).findFirst().orElseThrow());
    }
  }

  private static String configuration(ModelServer model, Path script) {
    return """
        avatar: {log_dir: ./logs}
        sandbox: {tools: [%s]}
        agents:
          record: true
          available:
            - name: house
              preset: qwen
              command: [%s]
              model: scripted-model
              api: {base_url: "%s/v1", key: "${MODEL_KEY}"}
              limits: {turns: 20, cost: 1.00}
          prices:
            scripted-model: {input: 1.0, cached: 0.1, output: 5.0}
        """
        .formatted(quoted(tools(script)), quoted(TestAgent.command(script)), model.url());
  }

  private static List<String> tools(Path script) {
    return Stream.concat(TestAgent.places().stream(), Stream.of(script))
        .map(Path::toString)
        .toList();
  }

  private static String quoted(List<String> words) {
    return words.stream().map(word -> "\"" + word + "\"").collect(Collectors.joining(", "));
  }
}
