package io.numa.avatar.cli.endurance;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.cli.wiring.KillableAvatar;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.server.GitServer;
import io.numa.avatar.testkit.server.NumaV1Backend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Lets avatars work for a backend of the second dialect, and ends them with SIGKILL. */
@Execution(ExecutionMode.CONCURRENT)
class SecondDialectIT {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  @TempDir Path folder;
  private GitServer git;
  private SeededRepository shop;
  private NumaV1Backend backend;
  private AvatarHome home;

  @BeforeEach
  void begin() throws Exception {
    git = GitServer.start(folder.resolve("git"));
    shop = git.createRepository("shop");
    shop.seed("main", Map.of("README.md", "Shop\n"));
    backend = NumaV1Backend.start();
    backend.addApplication(
        1, Map.of("app_id", "shop", "name", "Shop", "repository_url", git.httpUrl("shop")));
    home =
        AvatarHome.make(folder.resolve("home"), backend.url())
            .set("sandbox.profile", "process"); // its steps leave a mark outside of the tree
  }

  @AfterEach
  void end() {
    backend.close();
    git.close();
  }

  @Test
  void carriesOutThePlanInTheTextOfASolution() throws Exception {
    Path mark = folder.resolve("hung");
    addTask(1, "[ -e %s ] || { touch %s; sleep 3600; }".formatted(mark, mark));
    backend.edit(1, "code_branch", "dev-1-开发任务 - 方案: a?~b");

    try (var avatar = home.start()) {
      awaitFile(mark);
      avatar.kill();
      assertThat(avatar.console()).contains("The backend speaks /api/v1");
    }
    assertThat(backend.statuses(1)).containsExactly("in_progress");

    try (var avatar = home.start()) {
      await(1, avatar);
      assertThat(backend.statuses(1)).containsExactly("in_progress", "done");
      assertThat(backend.task(1).path("code_branch").asText()).isEqualTo("dev-1");
      assertThat(shop.read("dev-1", "docs/1.md")).isEqualTo("one\n");
      assertThat(shop.log("dev-1")).hasSize(2);

      sendBack(1, "two");
      await(1, avatar);
      assertThat(backend.statuses(1)).containsExactly("in_progress", "done", "in_progress", "done");
      assertThat(shop.read("dev-1", "docs/1.md")).isEqualTo("two\n");
      assertThat(shop.log("dev-1")).hasSize(3);
    }
  }

  /** The process ends when the backend has the last statuses, and before the next poll. */
  @Test
  void neitherRepeatsNorLosesARoundWhenItIsKilledAfterTheLastStatus() throws Exception {
    addTask(1, "true");
    addTask(2, "true");
    home.set("avatar.concurrency", 1);
    try (var avatar = home.start(KillableAvatar.class, List.of("after told last"))) {
      avatar.awaitOutput(KillableAvatar.HALTED);
      avatar.kill();
    }
    assertThat(backend.statuses(1)).containsExactly("in_progress", "done");

    sendBack(1, "two");
    addTask(3, "true");
    try (var avatar = home.start()) {
      await(1, avatar);
      await(2, avatar);
      await(3, avatar);
    }

    assertThat(backend.statuses(1)).containsExactly("in_progress", "done", "in_progress", "done");
    assertThat(shop.log("dev-1")).hasSize(3);
    assertThat(backend.statuses(2)).containsExactly("in_progress", "done");
    assertThat(backend.statuses(3)).containsExactly("in_progress", "done");
  }

  private void addTask(int id, String script) {
    backend.addTask(
        id,
        Map.of(
            "title",
            "开发任务 - 方案 - " + id,
            "description",
            "A development task.",
            "application_id",
            1,
            "solution",
            solution(id, "one", script)));
  }

  /** Puts a task back to be done, as a person does who wants something else. */
  private void sendBack(int id, String content) {
    backend.edit(id, "solution", solution(id, content, "true")).edit(id, "status", "todo");
  }

  private static Map<String, Object> solution(int id, String content, String script) {
    return Map.of(
        "id",
        id,
        "title",
        "A file",
        "description",
        """
        We write a file:

        ```yaml
        version: 1
        steps:
          - write: {path: docs/%d.md, content: "%s\\n"}
          - run: {command: '%s'}
        test: {command: ""}
        ```
        """
            .formatted(id, content, script));
  }

  private void await(int task, AvatarProcess avatar) throws InterruptedException {
    try {
      backend.awaitStatus(task, "done", LIMIT);
    } catch (TimeoutException e) {
      throw new AssertionError(e.getMessage() + "; the avatar said:\n" + avatar.console(), e);
    }
  }

  private static void awaitFile(Path file) throws InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    var pause = new CountDownLatch(1);
    while (!Files.exists(file)) {
      assertThat(System.nanoTime()).as("waits for " + file).isLessThan(end);
      pause.await(20, MILLISECONDS);
    }
  }
}
