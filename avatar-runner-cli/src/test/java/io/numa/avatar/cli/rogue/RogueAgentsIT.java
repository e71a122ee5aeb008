package io.numa.avatar.cli.rogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.numa.avatar.cli.hostile.Traces;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Agents that misbehave, as programs, at work for one packaged avatar at the same time. */
class RogueAgentsIT {
  @TempDir static Path folder;
  private static RogueWorld world;

  @BeforeAll
  static void beginAll() throws IOException, InterruptedException {
    world = new RogueWorld(folder.toRealPath());
    world.announceAll();
  }

  @AfterAll
  static void end() {
    assertThat(world.leftOfAll()).isEmpty();
    world.close();
  }

  static List<Rogue> rogues() {
    return world.rogues();
  }

  @ParameterizedTest
  @MethodSource("rogues")
  void endsAsTheContractSays(Rogue rogue) throws Exception {
    Ended ended = world.await(rogue);

    assertThat(ended.details().at("/failure/kind").asText(Rogue.DONE))
        .as(ended.details() + "\n" + ended.log())
        .isEqualTo(rogue.end());
    if (!rogue.succeeds()) {
      assertThat(ended.repository().branches()).doesNotContain(ended.branch());
    }
    rogue.checks().forEach(check -> check.accept(ended));
    assertThat(world.left(ended)).isEmpty();
    assertThatItIsReadable(ended.log());
  }

  /** The model's key, the backend's token and the Git password reach their own hosts alone. */
  @Test
  void seeAndGiveAwayNoSecret() throws Exception {
    String seen = world.seen();
    Ended ended = world.await(world.lookout());
    for (Rogue rogue : world.rogues()) {
      world.await(rogue);
    }

    assumeThat(ended.details().at("/process_control").asText())
        .as("agents see no process of the avatar")
        .isEqualTo("pid_namespace");
    assertThat(ended.pushed(RogueWorld.ANSWER)).isEqualTo("42\n");
    assertThat(seen).contains("NUMA_AVATAR_COOKIE=", "OPENAI_API_KEY=", ".script");
    for (Traces secret : world.secrets()) {
      assertThat(secret.isIn(seen)).as("what the agent sees").isFalse();
      assertThat(secret.isIn(world.told())).as("what the avatar tells").isFalse();
      assertThat(world.folders()).allSatisfy(it -> assertThat(secret.find(it)).isEmpty());
    }
    assertThat(world.shownKeys()).containsExactly(world.key());
  }

  /** Text in lines of a sane length, without characters that move the cursor or hide text. */
  private static void assertThatItIsReadable(String log) {
    assertThat(log.lines().mapToInt(String::length).max().orElse(0)).isLessThan(5_000);
    assertThat(log.chars().filter(RogueAgentsIT::isUnreadable).mapToObj(Integer::toHexString))
        .as(log)
        .isEmpty();
  }

  private static boolean isUnreadable(int character) {
    return character != '\n'
        && character != '\t'
        && (Character.isISOControl(character) || Character.getType(character) == Character.FORMAT);
  }
}
