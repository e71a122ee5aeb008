package io.numa.avatar.backend.v1;

import static java.util.stream.IntStream.rangeClosed;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.backend.HttpBackend;
import io.numa.avatar.run.InMemoryJournal;
import io.numa.avatar.run.Ports;
import io.numa.avatar.run.RunListener;
import io.numa.avatar.run.RunSettings;
import io.numa.avatar.run.TaskRunner;
import io.numa.avatar.run.guard.DiskFloor;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.testkit.InMemoryRepository;
import io.numa.avatar.testkit.ManualClock;
import io.numa.avatar.testkit.ScriptedCommandRunner;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.server.BackendRequest;
import io.numa.avatar.testkit.server.NumaV1Backend;
import io.numa.avatar.time.TimeSource;
import io.numa.avatar.worker.AvatarWorker;
import io.numa.avatar.worker.WorkerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests whole avatars that work for a backend of the second dialect. */
final class V1WorkersTest {
  private static final int TASKS = 300;
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final RepositoryUrl SHOP =
      RepositoryUrl.parse("https://git.example.com/team/shop.git");

  @TempDir Path folder;

  private final NumaV1Backend backend = NumaV1Backend.start();
  private final InMemoryRepository repository =
      new InMemoryRepository(
          "Avatar", "avatar@example.com", ManualClock.at("2026-01-02T03:04:05Z"));
  private final SeededRepository shop = repository.create(SHOP);

  V1WorkersTest() throws IOException {}

  @AfterEach
  void close() {
    backend.close();
  }

  /** One avatar; the caller must close it. */
  private record Avatar(HttpBackend http, AvatarWorker worker) implements AutoCloseable {
    @Override
    public void close() {
      worker.close();
      http.close();
    }
  }

  @Test
  void shareThreeHundredTasksByTheirUsersWhileAPersonEdits() throws Exception {
    shop.seed("main", Map.of("README.md", "A shop.\n"));
    backend.addApplication(1, Map.of("name", "shop", "repository_url", SHOP.value()));
    rangeClosed(1, TASKS).forEach(id -> addTask(id, 7 + id % 2));
    backend.addTask(TASKS + 1, Map.of("title", "Of a person", "description", "By hand."));
    editWhileTheyWork();

    try (Avatar odd = start("8");
        Avatar even = start("7")) {
      for (int id = 1; id <= TASKS; id++) {
        backend.awaitStatus(id, "done", LIMIT);
      }
    }

    for (int id = 1; id <= TASKS; id++) {
      assertThat(backend.statuses(id)).as("task %s", id).containsExactly("in_progress", "done");
      assertThat(shop.log("dev-" + id)).as("task %s", id).hasSize(2);
    }
    assertThat(backend.writes(TASKS + 1)).isEmpty();
    assertThat(backend.task(299).path("description").asText())
        .isEqualTo("Edited before the avatar read it.");
    assertThat(backend.task(298).path("description").asText()).isEqualTo("A development task.");
  }

  /** Edits one task while others are done, and one between an avatar's read and its write. */
  private void editWhileTheyWork() {
    backend.after(
        request -> request.method().equals("PUT"),
        () -> backend.edit(299, "description", "Edited before the avatar read it."));
    backend.after(
        lastRead(298), () -> backend.edit(298, "description", "Edited just before the write."));
  }

  /** The second read of a task, right before the first write. */
  private Predicate<BackendRequest> lastRead(int task) {
    String path = "/api/v1/development/" + task;
    return request ->
        request.path().equals(path)
            && backend.requests().stream().filter(it -> it.path().equals(path)).count() == 2;
  }

  private void addTask(int id, int user) {
    backend.addTask(
        id,
        Map.of(
            "title",
            "开发任务 - 方案 - " + id,
            "description",
            "A development task.",
            "application_id",
            1,
            "assigned_to",
            user,
            "solution",
            Map.of(
                "id",
                id,
                "description",
                "Like this:\n```yaml\nversion: 1\nsteps:\n- write: {path: "
                    + id
                    + ".txt, content: done}\ntest: {command: ''}\n```\n")));
  }

  private Avatar start(String user) {
    TimeSource time = TimeSource.SYSTEM;
    var journal = new InMemoryJournal();
    var http =
        new HttpBackend(
            V1Backends.settings(backend.url(), V1Backends.V1.withAssignedTo(user)),
            time.clock(),
            journal);
    Ports ports =
        Ports.of(http.tasks(), http.statuses(), repository, new ScriptedCommandRunner())
            .withJournal(journal);
    var settings =
        RunSettings.of(
            new AvatarId("avatar-" + user),
            folder.resolve(user + "/workspace"),
            folder.resolve(user + "/logs"),
            Redactor.of(List.of()));
    var worker =
        new AvatarWorker(
            new WorkerSettings(
                "tasks",
                16,
                Duration.ofMillis(100),
                Duration.ZERO,
                OptionalInt.empty(),
                DiskFloor.NONE),
            http.messages(),
            new TaskRunner(ports, settings, RunListener.NONE, time.clock()),
            journal,
            time.clock());
    worker.start();
    return new Avatar(http, worker);
  }
}
