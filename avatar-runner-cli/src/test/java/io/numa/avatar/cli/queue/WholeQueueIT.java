package io.numa.avatar.cli.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.cli.endurance.AvatarHome;
import io.numa.avatar.cli.endurance.AvatarProcess;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.junit.NatsServerExtension;
import io.numa.avatar.testkit.server.GitServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Submits tasks to a queue and watches them: an avatar works, and there is no backend. */
@Execution(ExecutionMode.CONCURRENT)
class WholeQueueIT {
  private static final String PLAN =
      """
      version: 1
      steps:
        - write: {path: hello.txt, content: "hello\\n"}
        - run: {command: "printf 'a\\\\033]0;bad title\\\\007b\\\\n'; %s"}
      test: {command: "%s"}
      """;

  @TempDir Path folder;
  @RegisterExtension final NatsServerExtension nats = new NatsServerExtension();
  private GitServer git;
  private SeededRepository shop;
  private AvatarHome home;
  private AvatarProcess avatar;

  @BeforeEach
  void begin() throws Exception {
    git = GitServer.start(folder.resolve("git"));
    shop = git.createRepository("shop");
    shop.seed("main", Map.of("count.txt", "1\n"));
    home = AvatarHome.make(folder.resolve("home"), URI.create("http://127.0.0.1:9"));
    Path agent = Files.writeString(folder.resolve("agent.sh"), "echo 2 > count.txt; echo Done.");
    Files.writeString(
        folder.resolve("home/config.yaml"),
        """
        avatar: {id: avatar_001}
        queue: {url: "%s", mode: whole, ack_wait: 10s}
        git: {username: Avatar, email: avatar@example.com, allowed_networks: [127.0.0.1]}
        cancellation: {interval: 200ms}
        workspace: {min_free: 1MiB}
        sandbox: {profile: process, minimum: {agent: "off"}} # the agent's program is a file here
        agents:
          available:
            - {name: house, protocol: command, command: [sh, "%s", "{prompt_file}"]}
        """
            .formatted(nats.url(), agent));
    avatar = home.start();
    avatar.awaitOutput("is waiting for tasks");
  }

  @AfterEach
  void end() {
    avatar.close();
    git.close();
  }

  private Typed submit(String input, String... more) {
    String[] first = {"submit", "--queue", url(), "--repo", git.httpUrl("shop")};
    return Typed.in(
        input, Stream.concat(Arrays.stream(first), Arrays.stream(more)).toArray(String[]::new));
  }

  private String url() {
    return nats.url().toString();
  }

  private Typed watch(String task, String... more) {
    String[] first = {"watch", task, "--queue", url()};
    return Typed.in(
        "", Stream.concat(Arrays.stream(first), Arrays.stream(more)).toArray(String[]::new));
  }

  private String seen(Typed typed) {
    return typed + "\n" + avatar.console();
  }

  @Test
  void carriesOutAPlanAndShowsIt() throws Exception {
    Typed submitted =
        submit(PLAN.formatted("true", "grep hello hello.txt"), "--plan", "-", "--id", "任务 7/a");
    assertThat(submitted.exitCode()).as(seen(submitted)).isZero();
    assertThat(submitted.out()).isEqualTo("任务 7/a\n");
    assertThat(submitted.err()).contains("watch it: avatar watch '任务 7/a' --queue " + url());

    Typed watched = watch("任务 7/a");

    assertThat(watched.exitCode()).as(seen(watched)).isZero();
    assertThat(watched.out())
        .containsSubsequence(
            "[status] avatar avatar_001 has the task",
            "[develop]",
            "[test] $ grep hello hello.txt",
            "[test] exited with 0",
            "\ndone\n  commit ")
        .contains("ab")
        .doesNotContain("\u001b", "\u0007");
    assertThat(shop.branches()).hasSize(2);
    String branch = shop.branches().stream().filter(name -> !name.equals("main")).findFirst().get();
    assertThat(shop.read(branch, "hello.txt")).isEqualTo("hello\n");

    Typed again = watch("任务 7/a", "--json");
    assertThat(again.exitCode()).isZero();
    assertThat(again.out().lines()).allMatch(line -> line.startsWith("{\"time\":"));
    assertThat(again.out()).contains("\"event\":\"log\"", "\"status\":\"done\"");
  }

  @Test
  void hasAnAgentCarryOutProseForAPersonWhoWatchesAlready() throws Exception {
    var watching = CompletableFuture.supplyAsync(() -> watch("count"));
    Typed submitted =
        submit(
            "", "--prompt", "Set the count to two", "--id", "count", "--test", "grep 2 count.txt");
    assertThat(submitted.exitCode()).as(seen(submitted)).isZero();

    Typed watched = watching.get(3, TimeUnit.MINUTES);

    assertThat(watched.exitCode()).as(seen(watched)).isZero();
    assertThat(shop.read("dev-count", "count.txt")).isEqualTo("2\n");
    assertThat(shop.log("dev-count").get(0).message()).startsWith("feat: Set the count to two");
  }

  @Test
  void saysHowATaskFailed() throws Exception {
    Typed submitted = submit(PLAN.formatted("true", "false"), "--plan", "-", "--branch", "b1");
    Typed watched = watch(submitted.out().strip());

    assertThat(watched.exitCode()).as(seen(watched)).isEqualTo(1);
    assertThat(watched.out()).contains("failed at test: ");
    assertThat(shop.branches()).containsExactly("main");
  }

  @Test
  void cancelsATask() throws Exception {
    Typed submitted = submit(PLAN.formatted("sleep 300", "true"), "--plan", "-", "--id", "long");
    assertThat(submitted.exitCode()).as(seen(submitted)).isZero();
    Typed twice = submit(PLAN.formatted("true", "true"), "--plan", "-", "--id", "long");
    assertThat(twice.exitCode()).isEqualTo(1);
    assertThat(twice.err()).contains("is in the queue already");
    avatar.awaitOutput("task long develop");

    Typed watched = watch("long", "--cancel");

    assertThat(watched.exitCode()).as(seen(watched)).isEqualTo(1);
    assertThat(watched.out()).contains("cancelled: ");
    assertThat(shop.branches()).containsExactly("main");
  }
}
