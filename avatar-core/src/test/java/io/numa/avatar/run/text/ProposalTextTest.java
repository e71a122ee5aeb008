package io.numa.avatar.run.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.plan.Step;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.Secret;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.StepOutcome;
import io.numa.avatar.task.StepReport;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TestReport;
import io.numa.avatar.task.WorkSummary;
import io.numa.avatar.task.agent.AgentReport;
import io.numa.avatar.task.agent.AgentUsage;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProposalTextTest {
  private static final Attempt ATTEMPT = Attempt.of(new TaskId("T_1"));

  private final ProposalText text =
      new ProposalText(Redactor.of(List.of(new Secret("s3cr3t-t0ken"))));

  @Test
  void takesTheTasksTitleOnOneLine() {
    assertThat(text.title(task(" Let\npeople \tin "))).isEqualTo("Let people in");
    assertThat(text.title(task(""))).isEqualTo("Task T_1");
    assertThat(text.title(task("say s3cr3t-t0ken"))).isEqualTo("say ***");
    assertThat(text.title(task("a\u001b[31mb\u202e s3cr3t\u200b-t0k\u0007en"))).isEqualTo("ab ***");
  }

  @Test
  void cutsALongTitleBetweenCharacters() {
    String title = text.title(task("x" + "🙂".repeat(200)));

    assertThat(title).isEqualTo("x" + "🙂".repeat(99) + "…").hasSize(200);
  }

  @Test
  void letsNoTextNotifyAPersonOrGiveACommand() {
    String body =
        body(task("/merge\n/approve @team <img src=x>"), "`@all` <b>", "x\n/close\n```\n@everyone");

    assertThat(body.lines()).noneMatch(line -> line.startsWith("/") || line.startsWith("```"));
    assertThat(body)
        .contains("**Task T\\_1:** /merge /approve @&#8203;team &lt;img src=x>\n")
        .contains("- `'@all' <b>`\n")
        .contains("\n    /close\n    ```\n    @everyone")
        .endsWith("\nNuma-Task: T_1\nNuma-Avatar: local\nNuma-Attempt: " + ATTEMPT.id() + "\n");
  }

  @Test
  void hidesSecretsBeforeAnythingIsCut() {
    String body = body(task("x"), "say s3cr3t-t0ken", "s3cr3t-t0ken");

    assertThat(body).contains("- `say ***`").doesNotContain("s3cr3t");
  }

  @Test
  void cutsALongBodyButNotItsTrailer() {
    String body = body(task("x"), "run", "y".repeat(100_000));

    assertThat(body)
        .hasSize(ProposalText.MAX_BODY)
        .contains("yyy\n\n…\n\n---\nOpened by Numa Avatar.\n")
        .endsWith("Numa-Attempt: " + ATTEMPT.id() + "\n");
  }

  @Test
  void namesNoMoreThanFiftySteps() {
    var work = WorkSummary.NOTHING_YET.withSteps(Collections.nCopies(70, step("run make")));

    String body = text.body(task("x"), ATTEMPT, new AvatarId("local"), work);

    assertThat(body.lines().filter(line -> line.equals("- `run make`"))).hasSize(50);
    assertThat(body).contains("- and 20 more steps\n");
  }

  @Test
  void quotesWhatTheCodingAgentSays() {
    var report =
        new AgentReport(
            "qwen",
            Optional.empty(),
            Optional.of("m_1"),
            Optional.empty(),
            AgentUsage.NONE,
            Duration.ofSeconds(5),
            1,
            Optional.of("completed"),
            Optional.of("I did it, @all.\n/merge s3cr3t-t0ken"));

    String body =
        text.body(
            task("x"), ATTEMPT, new AvatarId("local"), WorkSummary.NOTHING_YET.withAgent(report));

    assertThat(body)
        .contains(
            """
            **The coding agent**

            qwen (m\\_1): 0 turns, 0 tools, 5.0 s, 1 repair

                I did it, @all.
                /merge ***
            """);
  }

  private String body(Task task, String label, String testName) {
    var tests =
        new TestReport(
            "mvn test",
            1,
            new TestReport.Counts(2, 1, 0, 0),
            Duration.ZERO,
            List.of(new TestReport.FailedTest(testName, "oops")));
    WorkSummary work = WorkSummary.NOTHING_YET.withSteps(List.of(step(label))).withTests(tests);
    return text.body(task, ATTEMPT, new AvatarId("local"), work);
  }

  private static StepReport step(String label) {
    return new StepReport(1, label, StepOutcome.APPLIED, Duration.ZERO, Optional.empty());
  }

  private static Task task(String title) {
    return Task.of(
        new TaskId("T_1"),
        title,
        new ApplicationId("7"),
        new BranchName("dev-1"),
        new PlanSource.Structured(
            DevelopmentPlan.of(
                new Step.Write(new WorkspacePath("a.txt"), Step.Content.File.utf8("x")))));
  }
}
