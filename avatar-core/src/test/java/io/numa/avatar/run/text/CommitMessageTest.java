package io.numa.avatar.run.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.plan.Step;
import io.numa.avatar.plan.TestPolicy;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOptions;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CommitMessageTest {
  /**
   * Messages, each with the output of {@code git interpret-trailers --no-divider --trailer
   * 'Numa-Task: 1'} (2.39) for the message and a line feed.
   */
  static Stream<Arguments> messages() {
    return Stream.of(
        Arguments.of("feat: x", "feat: x\n\nNuma-Task: 1\n"),
        Arguments.of("feat: x\n\nbody", "feat: x\n\nbody\n\nNuma-Task: 1\n"),
        Arguments.of("feat: x\n\nbody\n\nmore", "feat: x\n\nbody\n\nmore\n\nNuma-Task: 1\n"),
        Arguments.of("feat: x\n\nKey:v", "feat: x\n\nKey:v\nNuma-Task: 1\n"),
        Arguments.of("feat: x\n \nKey: v", "feat: x\n \nKey: v\nNuma-Task: 1\n"),
        Arguments.of(
            "feat: x\n\nwords\nSigned-off-by: a <a@b>",
            "feat: x\n\nwords\nSigned-off-by: a <a@b>\nNuma-Task: 1\n"),
        Arguments.of("feat: x\n\nKey: v", "feat: x\n\nKey: v\nNuma-Task: 1\n"),
        Arguments.of("feat: x\n\n\nKey: v", "feat: x\n\n\nKey: v\nNuma-Task: 1\n"),
        Arguments.of(
            "feat: x\n\nFixes: #1\nRefs: #2\n more",
            "feat: x\n\nFixes: #1\nRefs: #2\n more\nNuma-Task: 1\n"),
        Arguments.of(
            "feat: x\n\nKey: v\n\tmore\nOther: w",
            "feat: x\n\nKey: v\n\tmore\nOther: w\nNuma-Task: 1\n"),
        Arguments.of("Key: v", "Key: v\n\nNuma-Task: 1\n"),
        Arguments.of("feat: x\nKey: v", "feat: x\nKey: v\n\nNuma-Task: 1\n"),
        Arguments.of("feat: x\n\nKey: v\n\nbody", "feat: x\n\nKey: v\n\nbody\n\nNuma-Task: 1\n"),
        Arguments.of("feat: x\n\nno: a\ntrailer", "feat: x\n\nno: a\ntrailer\n\nNuma-Task: 1\n"),
        Arguments.of("feat: x\n\nsee http://x/y", "feat: x\n\nsee http://x/y\n\nNuma-Task: 1\n"),
        Arguments.of("feat: x\n\na b: v", "feat: x\n\na b: v\n\nNuma-Task: 1\n"),
        Arguments.of("feat: x\n\n  Key: v", "feat: x\n\n  Key: v\n\nNuma-Task: 1\n"),
        Arguments.of("feat: x\n\n---\n\nKey: v", "feat: x\n\n---\n\nKey: v\nNuma-Task: 1\n"));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void addsATrailerWhereGitAddsIt(String message, String withTrailer) {
    assertThat(new CommitMessage(message).withTrailer("Numa-Task", "1").text())
        .isEqualTo(withTrailer);
  }

  @Test
  void keepsItsTrailersTogether() {
    var message = new CommitMessage("feat: x").withTrailer("Numa-Task", "1").withTrailer("B", "2");

    assertThat(message.text()).isEqualTo("feat: x\n\nNuma-Task: 1\nB: 2\n");
  }

  @ParameterizedTest
  @CsvSource({
    "'feat: x',                    'feat: x\n\nChange-Id: I1\n'",
    "'feat: x\n\nChange-Id: I2',    'feat: x\n\nChange-Id: I2'",
    "'feat: x\n\nchange-id: I2\nB: 2', 'feat: x\n\nchange-id: I2\nB: 2'",
    "'feat: x\n\nChange-Id: I2\n\nB: 2', 'feat: x\n\nChange-Id: I2\n\nB: 2\nChange-Id: I1\n'",
    "'Change-Id: I2',              'Change-Id: I2\n\nChange-Id: I1\n'",
  })
  void leavesATrailerAloneThatIsThere(String message, String withTrailer) {
    assertThat(new CommitMessage(message).withTrailerUnlessThere("Change-Id", "I1").text())
        .isEqualTo(withTrailer);
  }

  @ParameterizedTest
  @CsvSource({
    "of the plan, of the task, title,           of the plan",
    "'\n plan\n ', ,           title,           plan",
    ",            of the task, title,           of the task",
    ",            ,            title,           feat: title",
    ",            ,            ' a\nlong  one ', feat: a long one",
    "'a\r\nb',     ,            title,           'a\nb'",
    "' ',         '\n',        title,           feat: title",
    ",            ,            ' ',             feat: task 7",
  })
  void asksThePlanThenTheTaskThenItsTitle(
      String ofPlan, String ofTask, String title, String message) {
    assertThat(CommitMessage.of(plan(ofPlan), task(ofTask, title)))
        .isEqualTo(new CommitMessage(message));
  }

  @Test
  void hasNothingThatATerminalObeysOrPeopleDoNotSee() {
    var given =
        "feat: \u001b[31mred\u001b[0m\r\n\nbo\u0007dy\u009b2J\u202e\u200b\u0085x\u001b]0;t\u0007";

    assertThat(CommitMessage.of(plan(given), task("", "t")).text())
        .isEqualTo("feat: red\n\nbody\nx");
    assertThat(CommitMessage.of(plan(""), task("", "a\u001b[2K\u2028b\u202ec")).text())
        .isEqualTo("feat: a bc");
  }

  private static DevelopmentPlan plan(String message) {
    var steps = DevelopmentPlan.of(new Step.Delete(new WorkspacePath("a"), true)).steps();
    return new DevelopmentPlan(
        steps,
        Optional.ofNullable(message),
        Optional.empty(),
        Optional.empty(),
        false,
        TestPolicy.UNSAID);
  }

  private static Task task(String message, String title) {
    return Task.of(
            new TaskId("7"),
            title,
            new ApplicationId("1"),
            new BranchName("dev-7"),
            new PlanSource.Prose("-"))
        .withOptions(
            new TaskOptions(Optional.empty(), Optional.empty(), Optional.ofNullable(message)));
  }
}
