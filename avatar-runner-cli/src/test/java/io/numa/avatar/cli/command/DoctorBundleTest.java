package io.numa.avatar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.cli.bundle.Archives;
import io.numa.avatar.journal.SqliteJournal;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.journal.TaskDescription;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.testkit.contract.Samples;
import io.numa.avatar.testkit.server.NumaBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plants every secret wherever a bundle looks, and looks for them in the bundle. */
class DoctorBundleTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private static final List<String> SECRETS =
      List.of(
          "backend-t0ken",
          "git-t0ken",
          "api-t0ken",
          "proxy-pa55",
          "queue-pa55",
          "hush-hush",
          "model-k3y",
          "operator-t0ken");

  private static final String PLANTED = String.join(" ", SECRETS);

  @TempDir Path folder;
  private NumaBackend backend;
  private final Attempt attempt = Attempt.of(new TaskId("a/7"));

  @BeforeEach
  void plant() throws IOException {
    backend = NumaBackend.start().withToken("backend-t0ken");
    Files.writeString(
        folder.resolve("config.yaml"),
        """
        backend: {url: "%s", api_token: backend-t0ken}
        git:
          username: Ada
          email: ada@example.com
          proxy: "http://127.0.0.1:9"
          proxy_username: ada
          proxy_password: proxy-pa55
          credentials: [{host: git.example.com, token: git-t0ken, api_token: api-t0ken}]
        queue: {username: ada, password_file: queue.password}
        avatar: {id: a1}
        logs: {file: avatar.log}
        execution: {secrets: [hush-hush]}
        agents:
          available: [{name: house, command: [/no/such], api: {base_url: "http://127.0.0.1:9", key: model-k3y}}]
        """
            .formatted(backend.url()));
    Files.writeString(folder.resolve("queue.password"), "queue-pa55\n");
    Files.writeString(folder.resolve("avatar.log"), "log " + PLANTED + "\n");
    plantJournal();
    Files.writeString(folder.resolve("state/server.token"), "operator-t0ken\n");
    Path logs = Files.createDirectories(folder.resolve("logs").resolve("a%2F7"));
    Files.writeString(logs.resolve(attempt.id() + ".log"), "task " + PLANTED + "\n");
    Files.writeString(logs.resolve(attempt.id() + ".patch"), "+" + PLANTED + "\n");
  }

  private void plantJournal() {
    try (var journal = SqliteJournal.open(folder.resolve("state"))) {
      journal.begin(attempt, 1);
      var description =
          new TaskDescription("Title " + PLANTED, "dev", "1", "plan " + PLANTED, Optional.empty());
      journal.claimed(attempt, Optional.of(description), NOW);
      journal.announce(attempt.id(), Samples.begun(1), 0);
      journal.settle(attempt.id(), NOW);
    }
  }

  @AfterEach
  void close() {
    backend.close();
  }

  private Shell.Result doctor(Path bundle, String task) {
    return new Shell()
        .run(
            "doctor",
            "--config",
            folder.resolve("config.yaml"),
            "--bundle",
            bundle,
            "--task",
            task);
  }

  @Test
  void hasEachPartAndNoSecret() throws IOException {
    Path bundle = folder.resolve("bundle.tar.gz");

    Shell.Result result = doctor(bundle, "a/7");

    assertThat(bundle).as(result.out() + result.err()).exists();
    Map<String, String> texts = Archives.textsOf(bundle);
    String task = "avatar-bundle/tasks/a%2F7/";
    assertThat(texts)
        .as(result.out() + result.err())
        .containsOnlyKeys(
            "avatar-bundle/versions.txt",
            "avatar-bundle/configuration.yaml",
            "avatar-bundle/doctor.txt",
            "avatar-bundle/avatar.log",
            "avatar-bundle/journal.txt",
            task + "story.json",
            task + attempt.id() + ".log",
            task + attempt.id() + ".patch");
    assertThat(texts.get("avatar-bundle/journal.txt")).contains("ended tasks: 1");
    assertThat(texts.get(task + "story.json")).contains("\"a/7\"", "Title ***");
    assertThat(texts.get(task + attempt.id() + ".log")).startsWith("task ***");
    for (String secret : SECRETS) {
      assertThat(texts.values()).noneMatch(text -> text.contains(secret));
    }
  }

  @Test
  void saysThatTheJournalDoesNotHaveTheTask() {
    Path bundle = folder.resolve("bundle.tar.gz");

    Shell.Result result = doctor(bundle, "8");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("the journal has no task 8");
    assertThat(bundle).doesNotExist();
  }
}
