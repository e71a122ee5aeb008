package io.numa.avatar.cli.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.testkit.server.BackendEvent.StatusWritten;
import io.numa.avatar.testkit.server.GitServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Ends an avatar with SIGKILL in the middle of operations that take long. */
@Execution(ExecutionMode.CONCURRENT)
class KilledInTheMidstIT {
  @TempDir Path folder;
  private GitServer git;
  private Work work;
  private AvatarHome home;

  @BeforeEach
  void begin() throws Exception {
    git = GitServer.start(folder.resolve("git"));
    work = Work.begin(git);
    home =
        AvatarHome.make(folder.resolve("home"), work.backend().url())
            .set("sandbox.profile", "process"); // its steps leave marks outside of the tree
  }

  @AfterEach
  void end() {
    work.close();
    git.close();
  }

  /** One task ran a step, one its tests, and of one the push had arrived. */
  @Test
  void startsAgainWhatWasRunningAndKnowsItsOwnPushWhoseAnswerWasLost() throws Exception {
    home.set("avatar.concurrency", 3);
    git.loseNextPushAnswer();
    work.give(hangsOnce("step"), "true", "done");
    work.give("echo quick", hangsOnce("tests"), "done");
    int pushed = work.give(waitsUntilHung("step") + waitsUntilHung("tests"));

    killWhen(() -> hasArrived(pushed));
    work.finish(home);

    work.assertDoneOnce(home);
    for (int task : List.of(1, 2)) {
      assertThat(work.backend().logs(task)).hasSize(2);
      assertThat(work.backend().log(task)).contains("the avatar was restarted");
    }
    assertThat(work.backend().logs(pushed)).hasSize(1);
  }

  @Test
  void startsAgainWhenTheRepositoryWasBeingCloned() throws Exception {
    var noise = new byte[8 << 20];
    new Random(7).nextBytes(noise);
    work.repository().seed("main", Map.of("large", HexFormat.of().formatHex(noise)));
    work.give("echo quick");

    killWhen(() -> isAt("clone"));
    assertThat(work.backend().log(1)).doesNotContain("[clone] branch");
    work.finish(home);

    work.assertDoneOnce(home);
  }

  /** Tests the avatar's own indexing, which it uses from a thousand objects on. */
  @Test
  void startsAgainWhenTheFirstPackWasBeingIndexed() throws Exception {
    var random = new Random(8);
    var files = new TreeMap<String, String>();
    for (int i = 0; i < 600; i++) {
      var noise = new byte[2 << 10];
      random.nextBytes(noise);
      files.put("files/" + i, HexFormat.of().formatHex(noise));
    }
    work.repository().seed("main", files);
    files.replaceAll((path, text) -> text + path);
    work.repository().seed("main", files);
    work.give("echo quick");

    killWhen(() -> !incoming().isEmpty());
    assertThat(incoming()).hasSize(1);
    work.finish(home);

    work.assertDoneOnce(home);
    assertThat(incoming()).isEmpty();
    assertThat(find("mirrors/*/git-1/objects/pack/pack-*.{pack,idx}")).hasSize(2);
  }

  private List<Path> incoming() {
    return find("mirrors/*/git-1/objects/pack/incoming_*.pack");
  }

  private List<Path> find(String glob) {
    Path workspace = home.workspace();
    if (!Files.exists(workspace)) {
      return List.of();
    }
    var matcher = workspace.getFileSystem().getPathMatcher("glob:" + workspace + "/" + glob);
    try (Stream<Path> all = Files.walk(workspace)) {
      return all.filter(matcher::matches).toList();
    } catch (IOException | UncheckedIOException e) { // it is being written
      return List.of();
    }
  }

  @Test
  void startsAgainWhenThePushHadNotStartedToSend() throws Exception {
    git.holdNextPush();
    work.give("echo quick");

    try (var avatar = home.start()) {
      assertThat(git.awaitHeldPush(Duration.ofMinutes(5))).as(avatar.console()).isTrue();
      avatar.kill();
    }
    git.releasePush();
    work.finish(home);

    work.assertDoneOnce(home);
    assertThat(work.backend().logs(1)).hasSize(2);
  }

  /** The branch has moved once, and the tests on the new tip are running. */
  @Test
  void startsAgainWhenItHadReplayedItsWork() throws Exception {
    Path first = folder.resolve("first");
    Path moved = folder.resolve("moved");
    String waitsOnce =
        "if [ -e %s ]; then %s; else touch %s; echo waiting; until [ -e %s ]; do sleep 0.05; done; fi"
            .formatted(first, hangsOnce(), first, moved);
    work.give("echo quick", waitsOnce, "done");

    killWhen(
        () -> {
          if (work.backend().log(1).contains("\n| waiting\n") && !Files.exists(moved)) {
            work.repository().seed(work.branch(1), Map.of("theirs.txt", "theirs\n"));
            create(moved);
          }
          return hangs(1);
        });
    assertThat(work.backend().log(1)).contains("replayed on ");
    work.finish(home);

    work.assertDoneOnce(home);
    assertThat(work.repository().files(work.branch(1))).containsKeys("theirs.txt", "docs/1.md");
  }

  private static void create(Path file) {
    try {
      Files.createFile(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills at a record do so in every stage. */
  @Test
  @EnabledIfSystemProperty(named = "soak", matches = "true")
  void goesOnWithItsLease() throws Exception {
    work.backend().withLease(Duration.ofMinutes(1));
    work.give(hangsOnce(), "true", "done");

    killWhen(() -> hangs(1));
    work.finish(home);

    work.assertDoneOnce(home);
  }

  /** The commit of one task is on the remote, so no avatar may do that task again. */
  @Test
  void takesItsTasksUpAgainWhenTheLeasesHaveEndedMeanwhile() throws Exception {
    home.set("avatar.concurrency", 2);
    work.backend().withLease(Duration.ofMinutes(1));
    git.loseNextPushAnswer();
    work.give(hangsOnce(), "true", "done");
    int pushed = work.give(waitsUntilHung("script"));

    killWhen(() -> hasArrived(pushed));
    work.backend().pass(Duration.ofMinutes(2));
    work.finish(home);

    work.assertDoneOnce(home);
  }

  private boolean hasArrived(int task) {
    return work.repository().branches().contains(work.branch(task));
  }

  private boolean hangs(int task) {
    return work.backend().log(task).contains("\n| hanging\n");
  }

  /** A script that never ends when it runs for the first time. */
  private String hangsOnce() {
    return hangsOnce("script");
  }

  private String hangsOnce(String name) {
    Path mark = mark(name);
    return "[ -e %s ] || { touch %s; echo hanging; sleep 3600; }".formatted(mark, mark);
  }

  private String waitsUntilHung(String name) {
    return "until [ -e %s ]; do sleep 0.05; done; ".formatted(mark(name));
  }

  private Path mark(String name) {
    return folder.resolve("hung-" + name);
  }

  private boolean isAt(String stage) {
    return work.backend().events(1).stream()
        .anyMatch(
            event ->
                event instanceof StatusWritten status
                    && status.details().path("stage").asText().equals(stage));
  }

  private void killWhen(BooleanSupplier moment) throws Exception {
    try (var avatar = home.start()) {
      while (!moment.getAsBoolean()) {
        assertThat(avatar.isAlive()).as(avatar.console()).isTrue();
        avatar.awaits(all -> false, Duration.ofMillis(5));
      }
      avatar.kill();
    }
  }
}
