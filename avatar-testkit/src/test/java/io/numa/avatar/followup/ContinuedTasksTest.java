package io.numa.avatar.followup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.port.InvalidTaskException;
import io.numa.avatar.run.InMemoryJournal;
import io.numa.avatar.run.RunWorld;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOptions;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.testkit.InMemoryBackend.Call;
import io.numa.avatar.testkit.InMemoryChangeRequests;
import io.numa.avatar.testkit.InMemoryReviews;
import io.numa.avatar.testkit.agent.AgentAction;
import io.numa.avatar.testkit.agent.ScriptedCodingAgent;
import io.numa.avatar.testkit.fixture.ShownRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tasks that continue others. */
class ContinuedTasksTest {
  private static final TaskId FIRST = new TaskId("123");
  private static final TaskId LATER = new TaskId("124");
  private static final RepositoryUrl SHOP =
      RepositoryUrl.parse("https://git.example.com/team/shop.git");

  @TempDir Path folder;
  private final InMemoryJournal journal = new InMemoryJournal();
  private final InMemoryChangeRequests forge = new InMemoryChangeRequests(SHOP);
  private final ScriptedCodingAgent agents = new ScriptedCodingAgent("qwen");
  private RunWorld world;
  private InMemoryReviews reviews;
  private AvatarDouble avatar;

  @BeforeEach
  void prepare() {
    world = new RunWorld(folder);
    reviews =
        new InMemoryReviews(
            SHOP,
            new BranchName("dev-123"),
            () -> world.shop.headOf("dev-123").orElse(new CommitId("0".repeat(40))));
    avatar = new AvatarDouble(world, journal, forge, reviews, agents, FollowUpSettings.OFF);
    world.addTask(FIRST, "build");
  }

  @Test
  void worksOnTheBranchOfTheEarlierTaskAndKeepsTheTextOfItsChangeRequest() throws Exception {
    FollowUpSettings on =
        new FollowUpSettings(true, false, 3, List.of(), FollowUpSettings.OFF.interval());
    avatar = new AvatarDouble(world, journal, forge, reviews, agents, on);
    avatar.run(FIRST);
    add("123");
    agents.turn(new AgentAction.Write("more.txt", "more\n"));

    assertThat(avatar.run(LATER)).isInstanceOf(TaskOutcome.Delivered.class);

    assertThat(world.shop.branches()).containsExactly("dev-123", "main");
    assertThat(world.shop.files("dev-123")).containsKeys("123.txt", "more.txt");
    assertThat(forge.requests())
        .singleElement()
        .extracting(ShownRequest::title)
        .isEqualTo("Let people log in");
  }

  @ParameterizedTest
  @CsvSource({"123", "https://git.example.com/team/shop/changes/1"})
  void takesBranchAndTarget(String continues) throws InterruptedException {
    add(continues);

    Task task = avatar.tasks.task(LATER);

    assertThat(task.branch()).isEqualTo(new BranchName("dev-123"));
    assertThat(task.options().notes())
        .containsExactly("it continues " + continues + ", on the branch dev-123");
    assertThat(task.title()).isEqualTo("Say more");
  }

  @Test
  void followsAChain() throws InterruptedException {
    add("123");
    TaskId last = new TaskId("125");
    world.backend.addTask(prose(last, "124"));

    assertThat(avatar.tasks.task(last).branch()).isEqualTo(new BranchName("dev-123"));
  }

  @Test
  void asksOnceForARunningTask() throws InterruptedException {
    add("https://git.example.com/team/shop/changes/1");
    avatar.tasks.task(LATER);
    avatar.tasks.task(LATER);

    assertThat(reviews.reads()).isEqualTo(1);
    assertThat(world.backend.calls(Call.TASK)).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "124, the tasks continue each other without an end",
    "999, task 999",
    "https://git.example.com/team/shop/changes/2, could not read",
    "other, task other is of another application"
  })
  void saysWhatIsWrong(String continues, String problem) {
    world.backend.addTask(
        Task.of(
            new TaskId("other"),
            "Other",
            new ApplicationId("8"),
            new BranchName("other"),
            new PlanSource.Prose("Other.")));
    add(continues);

    assertThatExceptionOfType(InvalidTaskException.class)
        .isThrownBy(() -> avatar.tasks.task(LATER))
        .withMessageContaining("continues: ")
        .withMessageContaining(problem);
  }

  @Test
  void refusesAClosedChangeRequest() {
    reviews.close();
    add(reviews.url());

    assertThatExceptionOfType(InvalidTaskException.class)
        .isThrownBy(() -> avatar.tasks.task(LATER))
        .withMessageContaining("is closed, merged, or from a fork");
  }

  private void add(String continues) {
    world.backend.addTask(prose(LATER, continues));
  }

  private static Task prose(TaskId id, String continues) {
    return Task.of(
            id,
            "Say more",
            new ApplicationId("7"),
            new BranchName("dev-" + id),
            new PlanSource.Prose("Say more."))
        .withOptions(TaskOptions.NONE.withContinues(Optional.of(continues)));
  }
}
