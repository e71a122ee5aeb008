package io.numa.avatar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanCommandTest {
  @TempDir Path folder;

  @Test
  void namesTheStepsOfAGoodPlan() throws IOException {
    Shell.Result result =
        check(
            "version: 1\nsteps:\n  - write: {path: a.txt, content: a}\n  - run: {command: make}\n");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.lines())
        .containsExactly("the plan is right:", "  step 1 (write a.txt)", "  step 2 (run make)");
  }

  @Test
  void tellsAllThatIsWrongAndWhere() throws IOException {
    Shell.Result result = check("version: 1\nsteps:\n  - write: {path: ../a}\n  - fly: {}\n");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .startsWith("the plan in " + folder.resolve("plan.yaml") + " breaks its rules:")
        .contains("/steps/0/write", "/steps/1");
  }

  /** A wrong key at the top, or a tab, gave "holds no plan". */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "version: 1\\nstep:\\n  - run: {command: a}|2: /step: 'plan' has no key 'step'; did you mean"
            + " 'steps'?",
        "version: 1\\nsteps:\\n\\t- run: {command: a}|3: could not be parsed: column 1: found character"
            + " '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)",
        "version: 1\\nsteps:\\n  - run: {command: a}\\n  - edit: {path: a,\\n     find: x, replac: y}|5: step"
            + " 2 (/steps/1/edit/replac): 'edit' has no key 'replac'; did you mean 'replace'?",
        "{\"version\": 1,\\n \"steps\": [\\n {\"fly\": {}}]}|3: step 1 (/steps/0/fly): there is no step"
            + " 'fly'; known are"
      })
  void namesTheLineOfEachProblem(String plan, String problem) throws IOException {
    Shell.Result result = check(plan.replace("\\n", "\n").replace("\\t-", "\t-"));

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .contains("  " + folder.resolve("plan.yaml") + ":" + problem)
        .doesNotContain("holds no plan");
  }

  @Test
  void readsTheStandardInput() {
    Shell.Result good =
        new Shell().input("version: 1\nsteps:\n  - run: {command: a}\n").run("plan", "check", "-");
    Shell.Result bad = new Shell().input("version: 2\n").run("plan", "check", "-");

    assertThat(good.out()).contains("step 1 (run a)");
    assertThat(bad.exitCode()).isEqualTo(2);
    assertThat(bad.err())
        .startsWith("the plan in the standard input breaks its rules:")
        .contains("  line 1: /version: ");
  }

  @Test
  void saysThatAnAgentStepNeedsAnAgent() throws IOException {
    Shell.Result result = check("version: 1\nsteps:\n  - agent: {prompt: do it}\n");

    assertThat(result.exitCode()).isZero();
    assertThat(result.lines())
        .last()
        .asString()
        .startsWith("note: step 1 (agent")
        .endsWith(" needs a coding agent in agents.available");
  }

  @Test
  void saysThatAFileHoldsNoPlan() throws IOException {
    Shell.Result result = check("just words\n");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("plan.yaml:1: ").contains("must be a mapping");
    assertThat(check("").err()).contains("is empty; it needs 'version' and 'steps'");
  }

  @Test
  void saysThatThereIsNoFile() {
    Path missing = folder.resolve("missing.yaml");

    assertThat(new Shell().run("plan", "check", missing))
        .isEqualTo(new Shell.Result(2, "", "there is no file " + missing + System.lineSeparator()));
  }

  @Test
  void saysThatAFileIsNoText() throws IOException {
    Path file = Files.write(folder.resolve("plan.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe});

    Shell.Result result = new Shell().run("plan", "check", file);

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("not UTF-8");
  }

  private Shell.Result check(String plan) throws IOException {
    return new Shell().run("plan", "check", Files.writeString(folder.resolve("plan.yaml"), plan));
  }
}
