package io.numa.avatar.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.cli.config.ConfigLoader;
import io.numa.avatar.cli.config.Configuration;
import io.numa.avatar.cli.config.Purpose;
import io.numa.avatar.run.RunListener;
import io.numa.avatar.run.RunSettings.Delivery;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.server.BackendEvent.StatusWritten;
import io.numa.avatar.testkit.server.GitServer;
import io.numa.avatar.testkit.server.NumaBackend;
import io.numa.avatar.testkit.server.ReviewedChange;
import io.numa.avatar.worker.AvatarWorker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests a configured avatar from a task's message to its change, with a server that acts as Gerrit.
 */
class GerritTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String PAGE = "http://127.0.0.1:8080/c/shop/+/1";

  @TempDir Path folder;
  private GitServer git;
  private SeededRepository shop;
  private NumaBackend backend;

  @BeforeEach
  void start() throws Exception {
    git = GitServer.start(folder.resolve("git"));
    shop = git.createRepository("shop");
    shop.seed("main", Map.of("README.md", "Shop\n"));
    git.requirePassword("bot", "tok-7f3a91");
    git.reviewPushes("http://127.0.0.1:8080");
    backend = NumaBackend.start();
    backend.addApplication(1, Map.of("name", "shop", "git_repo_url", git.httpUrl("shop")));
  }

  @AfterEach
  void stop() {
    backend.close();
    git.close();
  }

  @Test
  void theChangeIsInTheLastStatus() throws Exception {
    JsonNode details = run("draft", "gerrit", "login.txt");

    assertThat(details.path("change_request_url").asText()).isEqualTo(PAGE);
    ReviewedChange change = git.changes().get(0);
    CommitId head = shop.headOf("dev-1").orElseThrow();
    assertThat(change.patchSets()).containsExactly(head);
    assertThat(change.target()).isEqualTo("main");
    assertThat(change.wip()).isTrue();
    assertThat(change.topic()).isEqualTo("dev-1");
    assertThat(change.hashtags()).containsExactlyInAnyOrder("avatar", "for review");
    assertThat(change.reviewers()).containsExactly("ada");
    assertThat(shop.log("dev-1").get(0).message())
        .endsWith("\nChange-Id: " + change.changeId() + "\n");
    assertThat(backend.log(1)).contains("[push] change request opened: " + PAGE + "\n");
  }

  @Test
  void anotherAttemptAddsToTheSameChange() throws Exception {
    run("ready", "gerrit", "login.txt");

    JsonNode details = run("ready", "gerrit", "logout.txt");

    assertThat(details.path("change_request_url").asText()).isEqualTo(PAGE);
    assertThat(onlyChange().patchSets()).hasSize(2);
    assertThat(git.changes().get(0).wip()).isFalse();
    assertThat(backend.log(1)).contains("change request brought up to date: " + PAGE);
  }

  @Test
  void aRefusedChangeLeavesTheTaskDone() throws Exception {
    shop.seed("release", Map.of("README.md", "Shop\n"));
    git.duringNextPush(() -> shop.delete("release"));
    JsonNode details = run("ready", "gerrit", "login.txt", Map.of("base_branch", "release"));

    assertThat(details.has("change_request_url")).isFalse();
    assertThat(lastStatus().body().toString())
        .contains("done, not tested, but without a change request: ")
        .contains("branch release not found");
    assertThat(shop.headOf("dev-1")).isPresent();
  }

  @Test
  void commitsForOtherServicesHaveNoChangeId() throws Exception {
    run("ready", "plain", "login.txt");

    assertThat(shop.log("dev-1").get(0).message()).doesNotContain("Change-Id");
    assertThat(git.changes()).isEmpty();
  }

  private ReviewedChange onlyChange() {
    assertThat(git.changes()).hasSize(1);
    return git.changes().get(0);
  }

  private Configuration configuration(String mode, String service) throws Exception {
    String text =
        """
        backend:
          url: "%s"
          api_token: "a-token"
        git:
          username: "Avatar"
          email: "avatar@example.com"
          change_request: %s
          change_request_labels: [avatar, "for review"]
          change_request_reviewers: [ada]
          credentials:
            - {host: "127.0.0.1:*", service: %s, username: bot, password: tok-7f3a91}
        avatar:
          id: "avatar_001"
          name: "Avatar"
          workspace: work
        polling:
          interval: 1
          wait: 5
        """
            .formatted(backend.url(), mode, service);
    Path file = Files.writeString(folder.resolve("config.yaml"), text);
    return ConfigLoader.load(file, Map.of(), Map.of(), Purpose.RUN).configuration();
  }

  private JsonNode run(String mode, String service, String file) throws Exception {
    return run(mode, service, file, Map.of());
  }

  /** Lets an avatar do a task that writes a file, and returns the details of its last status. */
  private JsonNode run(String mode, String service, String file, Map<String, String> more)
      throws Exception {
    announce(file, more);
    var setup =
        new Setup(
            configuration(mode, service),
            RunListener.NONE,
            Delivery.PUSH,
            OptionalInt.of(1),
            Map.of("PATH", "/usr/bin:/bin", "HOME", folder.toString()));
    try (var avatar = Avatar.connected(setup);
        AvatarWorker worker = avatar.worker()) {
      worker.start();
      assertThat(worker.awaitStop(LIMIT)).isTrue();
    }
    return lastStatus().details();
  }

  private void announce(String file, Map<String, String> more) {
    Map<String, Object> fields = new HashMap<>(more);
    fields.put("title", "Let people log in");
    fields.put("application_id", 1);
    fields.put(
        "development_plan",
        Map.of(
            "version",
            1,
            "steps",
            List.of(Map.of("write", Map.of("path", file, "content", "done\n"))),
            "test",
            Map.of("command", "")));
    backend.addTask(1, fields);
    backend.announce(1);
  }

  private StatusWritten lastStatus() {
    List<StatusWritten> all = backend.statusesWritten(1);
    return all.get(all.size() - 1);
  }
}
