package io.numa.avatar.backend.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.numa.avatar.plan.AgentBounds;
import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.PatchText;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.plan.PlannedStep;
import io.numa.avatar.plan.RepairPolicy;
import io.numa.avatar.plan.ReviewPolicy;
import io.numa.avatar.plan.Step;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.plan.TestPolicy;
import io.numa.avatar.plan.TestPolicy.FailOn;
import io.numa.avatar.plan.WorkspacePath;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PlanReaderTest {
  private final PlanReader reader = new PlanReader();

  /** The same step as JSON and as YAML, and the expected value. */
  static Stream<Arguments> steps() {
    return Stream.of(
        arguments(
            "{\"write\":{\"path\":\"a/ü.txt\",\"content\":\"é\\n\"}}",
            "write: {path: a/ü.txt, content: \"é\\n\"}",
            new Step.Write(path("a/ü.txt"), Step.Content.File.utf8("é\n"))),
        arguments(
            "{\"write\":{\"path\":\"a\",\"content\":\"\"}}",
            "write: {path: a, content: ''}",
            new Step.Write(path("a"), Step.Content.File.utf8(""))),
        arguments(
            "{\"write\":{\"path\":\"a\",\"content\":\"/wA=\",\"encoding\":\"base64\",\"executable\":true}}",
            "write:\n    path: a\n    content: |\n      /w\n      A=\n    encoding: base64\n    executable: true",
            new Step.Write(path("a"), new Step.Content.File(new byte[] {-1, 0}, true))),
        arguments(
            "{\"write\":{\"path\":\"a\",\"symlink\":\"../b\"}}",
            "write: {path: a, symlink: ../b}",
            new Step.Write(path("a"), new Step.Content.Link("../b"))),
        arguments(
            "{\"edit\":{\"path\":\"a\",\"find\":\"x\",\"replace\":\"\"}}",
            "edit: {path: a, find: x, replace: ''}",
            new Step.Edit(path("a"), "x", "", Step.Occurrences.ONCE)),
        arguments(
            "{\"edit\":{\"path\":\"a\",\"find\":\"x\",\"replace\":\"y\",\"expect\":3}}",
            "edit: {path: a, find: x, replace: \"y\", expect: 3}",
            new Step.Edit(path("a"), "x", "y", new Step.Occurrences(OptionalInt.of(3)))),
        arguments(
            "{\"edit\":{\"path\":\"a\",\"find\":\"x\",\"replace\":\"y\",\"expect\":\"all\"}}",
            "edit: {path: a, find: x, replace: \"y\", expect: all}",
            new Step.Edit(path("a"), "x", "y", Step.Occurrences.ALL)),
        arguments(
            "{\"patch\":{\"diff\":\"diff --git\\n\"}}",
            "patch:\n    diff: |\n      diff --git",
            new Step.Patch(new PatchText("diff --git\n".getBytes(UTF_8), 1))),
        arguments(
            "{\"patch\":{\"diff\":\"ZGlmZg==\",\"encoding\":\"base64\",\"strip\":0}}",
            "patch: {diff: ZGlmZg==, encoding: base64, strip: 0}",
            new Step.Patch(new PatchText("diff".getBytes(UTF_8), 0))),
        arguments(
            "{\"move\":{\"from\":\"a\",\"to\":\"b/a\",\"overwrite\":true}}",
            "move: {from: a, to: b/a, overwrite: true}",
            new Step.Move(path("a"), path("b/a"), true)),
        arguments(
            "{\"copy\":{\"from\":\"a\",\"to\":\"c\"}}",
            "copy: {from: a, to: c}",
            new Step.Copy(path("a"), path("c"), false)),
        arguments(
            "{\"delete\":{\"path\":\"old/\"}}",
            "delete: {path: old/}",
            new Step.Delete(path("old"), false)),
        arguments(
            "{\"delete\":{\"path\":\"old\",\"missing_ok\":true}}",
            "delete: {path: old, missing_ok: true}",
            new Step.Delete(path("old"), true)),
        arguments(
            "{\"chmod\":{\"path\":\"a\",\"executable\":false}}",
            "chmod: {path: a, executable: false}",
            new Step.Chmod(path("a"), false)),
        arguments(
            "{\"assert\":{\"path\":\"a\",\"exists\":false}}",
            "assert: {path: a, exists: false}",
            new Step.Assert(path("a"), new Step.Condition.Exists(false))),
        arguments(
            "{\"assert\":{\"path\":\"a\",\"matches\":\"^x$\"}}",
            "assert: {path: a, matches: ^x$}",
            new Step.Assert(
                path("a"),
                new Step.Condition.Matches(Pattern.compile("^x$", Pattern.MULTILINE), true))),
        arguments(
            "{\"assert\":{\"path\":\"a\",\"not_matches\":\"x\"}}",
            "assert: {path: a, not_matches: x}",
            new Step.Assert(
                path("a"),
                new Step.Condition.Matches(Pattern.compile("x", Pattern.MULTILINE), false))),
        arguments(
            "{\"run\":{\"command\":\"npm ci\"}}",
            "run: {command: npm ci}",
            new Step.Run(
                new CommandLine.Shell("npm ci"),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Set.of(0))),
        arguments(
            "{\"run\":{\"command\":[\"a\",\"b c\"],\"cwd\":\"web\",\"env\":{\"CI\":\"1\",\"E\":\"\"},\"timeout\":120,\"exit_codes\":[0,3]}}",
            "run: {command: [a, b c], cwd: web, env: {CI: '1', E: \"\"}, timeout: 2m, exit_codes: [0, 3]}",
            new Step.Run(
                new CommandLine.Argv(List.of("a", "b c")),
                Optional.of(path("web")),
                Map.of("CI", "1", "E", ""),
                Optional.of(Duration.ofMinutes(2)),
                Set.of(0, 3))),
        arguments(
            "{\"run\":{\"command\":\"x\",\"cwd\":\".\",\"timeout\":0.5}}",
            "run: {command: x, cwd: ., timeout: 0.5}",
            new Step.Run(
                new CommandLine.Shell("x"),
                Optional.empty(),
                Map.of(),
                Optional.of(Duration.ofMillis(500)),
                Set.of(0))),
        arguments(
            "{\"agent\":{\"prompt\":\"Do it\"}}", "agent: {prompt: Do it}", Step.Agent.of("Do it")),
        arguments(
            "{\"agent\":{\"prompt\":\"Do it\",\"agent\":\"qwen\",\"timeout\":\"2h\"}}",
            "agent: {prompt: Do it, agent: qwen, timeout: 2h}",
            new Step.Agent(
                "Do it",
                Optional.of("qwen"),
                Optional.empty(),
                AgentBounds.of(Duration.ofHours(2)))),
        arguments(
            "{\"agent\":{\"prompt\":\"Do it\",\"model\":\"m1\",\"turns\":50,\"tokens\":2000000,\"cost\":2.5}}",
            "agent: {prompt: Do it, model: m1, turns: 50, tokens: 2000000, cost: 2.5}",
            new Step.Agent(
                "Do it",
                Optional.empty(),
                Optional.of("m1"),
                new AgentBounds(
                    Optional.empty(),
                    OptionalLong.of(50),
                    OptionalLong.of(2_000_000),
                    Optional.of(new BigDecimal("2.5"))))));
  }

  @ParameterizedTest
  @MethodSource("steps")
  void readsEveryStepInBothLanguages(String json, String yaml, Step step) {
    PlanSource fromJson = reader.read("{\"version\":1,\"steps\":[" + json + "]}");
    PlanSource fromYaml = reader.read("version: 1\nsteps:\n- " + yaml + "\n");

    assertThat(List.of(fromJson, fromYaml))
        .usingRecursiveComparison()
        .withEqualsForType(PlanReaderTest::same, Pattern.class)
        .isEqualTo(List.of(plan(step), plan(step)));
  }

  @Test
  void readsWhatIsToBecomeOfTheResult() {
    PlanSource plan =
        reader.read(
            """
            version: 1
            steps:
              - name: Make the file
                write: {path: a, content: b}
            commit:
              message: "feat: a"
            test:
              command: [mvn, verify]
              timeout: 1800
              baseline: true
              fail_on: new
              repairs: 3
              repair_agent: qwen
              dilution: fail
            allow_empty: true
            review: {agent: claude, action: repair}
            """);

    assertThat(plan)
        .usingRecursiveComparison()
        .isEqualTo(
            new PlanSource.Structured(
                new DevelopmentPlan(
                    List.of(
                        new PlannedStep(
                            1,
                            Optional.of("Make the file"),
                            new Step.Write(path("a"), Step.Content.File.utf8("b")))),
                    Optional.of("feat: a"),
                    Optional.of(
                        new TestCommand.Run(new CommandLine.Argv(List.of("mvn", "verify")))),
                    Optional.of(Duration.ofMinutes(30)),
                    true,
                    new TestPolicy(
                        Optional.of(true),
                        Optional.of(FailOn.NEW),
                        new RepairPolicy(OptionalInt.of(3), Optional.of("qwen")),
                        Optional.of(TestPolicy.Dilution.FAIL)),
                    new ReviewPolicy(
                        Optional.of("claude"), Optional.of(ReviewPolicy.Action.REPAIR)))));
  }

  @Test
  void readsAnEmptyTestCommandAsNoTests() {
    PlanSource plan = reader.read("{version: 1, steps: [delete: {path: a}], test: {command: ''}}");

    assertThat(((PlanSource.Structured) plan).plan().test()).contains(new TestCommand.None());
  }

  @Test
  void readsYamlThatLooksLikeJson() {
    assertThat(reader.read("{version: 1, steps: [{delete: {path: a}}]}")).isEqualTo(deletion());
  }

  @Test
  void skipsAByteOrderMark() {
    assertThat(reader.read("\ufeff{\"version\":1,\"steps\":[{\"delete\":{\"path\":\"a\"}}]}"))
        .isEqualTo(deletion());
  }

  @Test
  void takesNullForAbsent() {
    assertThat(reader.read("version: 1\nsteps: [delete: {path: a, missing_ok: null}]\ntest:\n"))
        .isEqualTo(deletion());
  }

  @Test
  void takesOnlyTrueAndFalseForTruthValues() {
    PlanSource plan = reader.read("version: 1\nsteps: [write: {path: on, content: yes}]");

    assertThat(plan)
        .usingRecursiveComparison()
        .isEqualTo(plan(new Step.Write(path("on"), Step.Content.File.utf8("yes"))));
  }

  @Test
  void readsALargePlan() {
    String prompt = ("x".repeat(99) + "\n").repeat(50_000);
    String block = prompt.replaceAll("(?m)^x", "      x");

    PlanSource plan = reader.read("version: 1\nsteps:\n- agent:\n    prompt: |\n" + block);

    assertThat(plan).isEqualTo(plan(Step.Agent.of(prompt)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Let people log in.",
        "- do this\n- do that",
        "title: x\nnotes: [a, b]",
        "{\"version\":1}",
        "steps: first do this: then that",
        "Use *this* & [that: {",
        "12",
        "",
        "{ not json",
        "nested:\n  steps: [a]",
      })
  void takesAnyOtherTextForProse(String text) {
    assertThat(reader.read(text)).isEqualTo(new PlanSource.Prose(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "version: 1\nsteps: [delete: {path: a}]\n",
        "Like this:\n\n```yaml\nversion: 1\nsteps: [delete: {path: a}]\n```\n\nThat is all.",
        "```yml title=\"plan\"\r\nversion: 1\r\nsteps: [delete: {path: a}]\r\n```",
        "~~~ json\n{\"version\":1,\"steps\":[{\"delete\":{\"path\":\"a\"}}]}\n~~~~",
        "1. Do it:\n   ````\n   version: 1\n   steps: [delete: {path: a}]\n   ````\n2. Done.",
        "```js\nsteps();\n```\n```\nnpm ci\n```\n```yaml\nversion: 1\nsteps: [delete: {path: a}]\n```",
        "```yaml\nsteps: [{script: make}]\n```\n```YAML\nversion: 1\nsteps: [delete: {path: a}]\n```",
      })
  void findsThePlanInAText(String text) {
    assertThat(reader.find(text)).contains(deletion());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Use a form.",
        "```yaml\nversion: 1\nsteps: [delete: {path: a}]\n",
        "```text\nversion: 1\nsteps: [delete: {path: a}]\n```",
        "```yaml\nsteps:\n- script: make\n```",
        "````\n```yaml\nversion: 1\nsteps: [delete: {path: a}]\n```\n````",
        "`version: 1`, `steps: []`",
      })
  void findsNoPlanWhereThereIsNone(String text) {
    assertThat(reader.find(text)).isEmpty();
  }

  @Test
  void findsTheErrorsOfAPlanInABlock() {
    assertThat(reader.find("So:\n```yaml\nversion: 1\nsteps: [write: {path: a}]\n```"))
        .hasValueSatisfying(plan -> assertThat(plan).isInstanceOf(PlanSource.Invalid.class));
  }

  private static boolean same(Pattern a, Pattern b) {
    return a.pattern().equals(b.pattern()) && a.flags() == b.flags();
  }

  private PlanSource deletion() {
    return plan(new Step.Delete(path("a"), false));
  }

  private static PlanSource plan(Step... steps) {
    return new PlanSource.Structured(DevelopmentPlan.of(steps));
  }

  private static WorkspacePath path(String value) {
    return new WorkspacePath(value);
  }
}
