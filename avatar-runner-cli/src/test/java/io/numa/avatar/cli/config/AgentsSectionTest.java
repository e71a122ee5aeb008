package io.numa.avatar.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.numa.avatar.port.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The section {@code agents}: its rules, what is shown of it, and what stays hidden. */
class AgentsSectionTest {
  private static final String PRESETS =
      "qwen, gemini, claude, codex, opencode, kimi, goose, openhands";
  private static final String API = "api: {base_url: \"https://llm.example.com/v1\", key: k3y}";

  @TempDir Path folder;
  private Workbench bench;

  @BeforeEach
  void setUp() {
    bench = new Workbench(folder);
  }

  static Stream<Arguments> badAgents() {
    return Stream.of(
        arguments("{preset: qwen}", "[0].name: is missing, expected " + AgentEntry.A_NAME),
        arguments(
            "{name: a, preset: qwne}",
            "[0].preset: is 'qwne', expected one of " + PRESETS + "; did you mean 'qwen'?"),
        arguments("{name: a, preset: aider}", "[0].preset: is 'aider', expected one of " + PRESETS),
        arguments("{name: a}", "[0]: gives neither a preset nor a command, expected one of them"),
        arguments(
            "{name: a, command: [bin/agent]}",
            "[0].command: names no program, expected its absolute path or its name on PATH first"),
        arguments(
            "{name: a, protocol: http, preset: qwen}",
            "[0].protocol: is 'http', expected acp or command"),
        arguments(
            "{name: a, preset: qwen}, {name: a, preset: gemini}",
            "[1].name: is 'a', expected another name than that of agents.available[0].name"),
        arguments(
            "{name: a, preset: qwen, api: {key: k}}",
            "[0].api.base_url: is missing, expected a URL such as https://numa.example.com"),
        arguments(
            "{name: a, preset: qwen, api: {base_url: \"https://h/v1\"}}",
            "[0].api.base_url: stands without a key, expected one of key, key_file, key_command"
                + " beside it (such as '-', if the host wants none)"),
        arguments(
            "{name: a, preset: qwen, api: {base_url: \"https://h/v1\", key: k, key_command: [k]}}",
            "[0].api.key_command: stands beside key, expected one of them only"),
        arguments(
            "{name: a, preset: qwen, api: {base_url: \"http://llm.example.com/v1\", key: k}}",
            "[0].api.base_url: would carry the key over plain http to another machine; use https,"
                + " or set allow_insecure_http to true beside it"),
        arguments(
            "{name: a, preset: qwen, limits: {cost: 5}}",
            "[0].limits.cost: needs 'api', as the avatar counts only what passes its gateway"),
        arguments(
            "{name: a, preset: qwen, limits: {tokens: 5}}",
            "[0].limits.tokens: needs 'api', as the avatar counts only what passes its gateway"),
        arguments(
            "{name: a, preset: qwen, " + API + ", limits: {cost: 5}}",
            "[0].limits.cost: needs 'model' or 'models', whose prices it is counted by"),
        arguments(
            "{name: a, preset: qwen, model: dear, models: [dear, cheap], "
                + API
                + ", limits: {cost: 5}}",
            "[0].limits.cost: needs the price of dear, cheap in agents.prices"),
        arguments(
            "{name: a, preset: qwen, limits: {cost: much}}",
            "[0].limits.cost: is 'much', expected an amount such as 5.00"),
        arguments(
            "{name: a, preset: qwen, limits: {turns: 0}}",
            "[0].limits.turns: is '0', expected a whole number from 1 to 1000000"),
        arguments(
            "{name: a, preset: qwen, limits: {tims: 5m}}",
            "[0].limits.tims: is no known key; did you mean 'time'?"),
        arguments(
            "{name: a, preset: qwen, permissions: {deny: [fetsh]}}",
            "[0].permissions.deny[0]: is 'fetsh', expected one of read, edit, delete, move, search,"
                + " execute, think, fetch, other; did you mean 'fetch'?"),
        arguments(
            "{name: a, preset: qwen, environment: {\"A-B\": x}}",
            "[0].environment.A-B: is not the name of an environment variable"),
        arguments(
            "{name: a, preset: qwen, " + API + ", environment: {OPENAI_API_KEY: k3y}}",
            "[0].environment: gives the agent, as OPENAI_API_KEY, a secret of the avatar; an agent"
                + " must not see it"));
  }

  @ParameterizedTest
  @MethodSource("badAgents")
  void refusesWhatCannotWork(String entries, String problem) {
    bench.config("agents: {available: [" + entries + "]}");

    assertThat(bench.problems()).containsExactly("config.yaml:1: agents.available" + problem);
  }

  @Test
  void refusesADefaultThatIsNoAgent() {
    bench.config("agents: {default: qwne, available: [{name: qwen, preset: qwen}]}");

    assertThat(bench.problems())
        .containsExactly(
            "config.yaml:1: agents.default: is 'qwne', expected the name of an agent in"
                + " agents.available; did you mean 'qwen'?");
  }

  @Test
  void refusesAReviewerThatIsNoAgent() {
    bench.config("{agents: {available: [{name: qwen, preset: qwen}]}, review: {agent: claude}}");

    assertThat(bench.problems())
        .containsExactly(
            "config.yaml:1: review.agent: is 'claude', expected the name of an agent in"
                + " agents.available; there are: qwen");
  }

  @Test
  void refusesAnActionWithoutAReviewer() {
    bench.config("review: {action: fail}");

    assertThat(bench.problems())
        .containsExactly(
            "config.yaml:1: review.action: is of use with review.agent only; give one");
  }

  @Test
  void refusesADefaultWhereThereAreNoAgents() {
    bench.config("agents: {default: qwen}");

    assertThat(bench.problems())
        .containsExactly(
            "config.yaml:1: agents.default: is 'qwen', expected the name of an agent in"
                + " agents.available; there are none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{name: a, preset: qwen}|needs 'agents.available[0].api', as the avatar counts only what"
            + " passes its gateway; give it, or leave out that agent",
        "{name: a, preset: qwen, api: {base_url: 'https://h/v1', key: k}}|needs"
            + " 'agents.available[0].model', whose price it is counted by",
        "{name: a, preset: qwen, model: dear, api: {base_url: 'https://h/v1', key: k}}|needs the"
            + " price of dear in agents.prices",
      })
  void refusesABudgetForWhatIsNotCounted(String agent, String problem) {
    bench.config("agents: {budget: {month: 800}, available: [" + agent + "]}");

    assertThat(bench.problems()).containsExactly("config.yaml:1: agents.budget.month: " + problem);
  }

  @Test
  void readsTheBudget() {
    bench.config(
        """
        agents:
          budget: {day: 50, month: 800.50}
          available:
            - {name: a, preset: qwen, model: dear, api: {base_url: "https://h/v1", key: k}}
          prices: {dear: {input: 1, output: 5}}
        """);

    AgentsSection.Budget budget = bench.load().agents().budget();
    assertThat(budget.day()).hasValueSatisfying(day -> assertThat(day).isEqualByComparingTo("50"));
    assertThat(budget.month())
        .hasValueSatisfying(month -> assertThat(month).isEqualByComparingTo("800.5"));
  }

  @Test
  void refusesAFrameWithoutAPlaceForTheTask() {
    bench.file("prompt.md", "Do it!").config("agents: {prompt_file: prompt.md}");

    assertThat(bench.problems())
        .containsExactly(
            "config.yaml:1: agents.prompt_file: names the file "
                + folder.resolve("prompt.md")
                + ", which has no {task}, the place of the task's words");
  }

  @Test
  void readsTheFrameOfPrompts() {
    bench.file("prompt.md", "Do this: {task}").config("agents: {prompt_file: prompt.md}");

    assertThat(bench.load().agents().promptFile())
        .hasValueSatisfying(file -> assertThat(file.text()).isEqualTo("Do this: {task}"));
  }

  @Test
  void takesEachKindOfKeyAndPlainHttpWhereThatIsAllowed() {
    bench
        .file("key", "file-k3y\n")
        .config(
            """
            agents:
              available:
                - {name: a, preset: qwen, api: {base_url: "http://localhost:11434/v1", key: none}}
                - {name: b, preset: qwen, api: {base_url: "https://h/v1", key_file: key}}
                - {name: c, preset: qwen, api: {base_url: "https://h/v1", key_command: [pass, llm]}}
                - name: d
                  preset: claude
                  api: {base_url: "http://llm.intern", key: k, allow_insecure_http: true}
            """);

    assertThat(bench.load().agents().available())
        .extracting(agent -> agent.api().keySource().orElseThrow().words())
        .containsExactly(
            "the configuration",
            "the file " + folder.resolve("key"),
            "the command pass",
            "the configuration");
    assertThat(bench.load().secrets()).contains(new Secret("file-k3y"));
  }

  @Test
  void readsAgentsFromTheEnvironment() {
    bench.variable(
        "AVATAR_AGENTS__AVAILABLE", "[{\"name\": \"q\", \"preset\": \"qwen\", \"model\": \"m\"}]");

    assertThat(bench.load().agents().available())
        .singleElement()
        .satisfies(agent -> assertThat(agent.model()).contains("m"));
  }

  @Test
  void showsAgentsWithoutKeysAndVariables() {
    bench.config(
        """
        agents:
          available:
            - name: qwen
              preset: qwen
              model: "qwen/qwen3:30b"
              api: {base_url: "https://llm.example.com/v1", key: k3y}
              environment: {REGION: "north"}
              secrets: {NPM_TOKEN: "npm-t0ken"}
              permissions: {deny: [fetch]}
              limits: {cost: 5.00}
          prices:
            "qwen/qwen3:30b": {input: 1.0, output: 5.0}
        """);

    String yaml = bench.read(Purpose.SHOW).toYaml();

    assertThat(yaml).doesNotContain("k3y", "north", "npm-t0ken");
    assertThat(List.of(yaml.replaceAll(" +# .*", "").split("\n")))
        .containsSubsequence(
            "agents:",
            "  available:",
            "    - name: \"qwen\"",
            "      preset: \"qwen\"",
            "      model: \"qwen/qwen3:30b\"",
            "      api:",
            "        base_url: \"https://llm.example.com/v1\"",
            "        key: \"***\"",
            "      environment: {\"REGION\": \"***\"}",
            "      secrets: {\"NPM_TOKEN\": \"***\"}",
            "      permissions:",
            "        deny: [\"fetch\"]",
            "      concurrency: 2",
            "      limits:",
            "        time: 30m",
            "        turns: 100",
            "        cost: 5",
            "  prices: {\"qwen/qwen3:30b\": {input: 1, output: 5}}");
  }

  @Test
  void showsNothingOfASecretThatStandsWhereANameShould() {
    bench.config(
        "agents: {available: [{name: a, preset: qwen, secrets: {\"TOKEN=hush hush\": x}}]}");

    assertThat(bench.problems())
        .containsExactly(
            "config.yaml:1: agents.available[0].secrets.TOKEN…: is not the name of an environment"
                + " variable");
  }
}
