package io.numa.avatar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  @Test
  void saysThatAFileHoldsNoPlan() throws IOException {
    Shell.Result result = check("just words\n");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("holds no plan");
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
