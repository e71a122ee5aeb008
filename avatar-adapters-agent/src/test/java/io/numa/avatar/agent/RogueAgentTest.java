package io.numa.avatar.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numa.avatar.agent.settings.AgentDefinition;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.agent.AgentLimit;
import io.numa.avatar.port.agent.AgentLimits;
import io.numa.avatar.port.agent.AgentSession;
import io.numa.avatar.port.agent.AgentTurn;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.time.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Agents that misbehave, as programs: each ends in bounded time, and leaves no process. */
@Execution(ExecutionMode.CONCURRENT)
final class RogueAgentTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(600);

  /** Much less than what the agents would last by themselves. */
  private static final Duration BOUND = Duration.ofSeconds(45);

  @TempDir private Path folder;

  private final PlainProcesses processes = new PlainProcesses();
  private AgentWorld world;

  @BeforeEach
  void createWorld() {
    world = new AgentWorld(folder, processes);
  }

  @AfterEach
  void noProcessIsLeft() {
    assertThat(processes.alive()).isEmpty();
  }

  private AgentTurn prompt(AgentDefinition definition, AgentLimits limits)
      throws InterruptedException {
    try (AgentSession session = world.open(definition)) {
      return session.prompt("do it", limits);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hang",
        "forever say again and again",
        "forever raw noise",
        "shell setsid sh -c 'trap \"\" TERM INT HUP; sleep 1000' & sleep 1000"
      })
  void timeEndsWhatHangsOrFloods(String script) throws InterruptedException {
    long start = TimeSource.SYSTEM.nanoTime();

    var turn =
        (AgentTurn.LimitReached)
            prompt(
                world.scripted(script, "--ignore-cancel", "--ignore-eof", "--ignore-term"),
                limits(SHORT, LONG, LONG));

    assertThat(turn.limit()).isEqualTo(AgentLimit.TIME);
    assertThat(TimeSource.SYSTEM.since(start)).isLessThan(BOUND);
  }

  @ParameterizedTest
  @ValueSource(strings = {"initialize", "session"})
  void acrashAtTheStartIsAnAgentThatIsUnavailable(String phase) {
    PortException failure =
        catchThrowableOfType(
            PortException.class, () -> world.open(world.scripted("say x", "--crash", phase)));

    assertThat(failure.kind()).isEqualTo(FailureKind.AGENT_UNAVAILABLE);
    assertThat(failure)
        .hasMessageEndingWith(
            "its program ended with exit code 3, and said: fatal: crashed in the phase " + phase);
  }

  @Test
  void aCrashInATurnIsAFailureOfTheAgent() throws InterruptedException {
    var turn = (AgentTurn.Failed) prompt(world.scripted("say x", "--crash", "prompt"), LIMITS);

    assertThat(turn.kind()).isEqualTo(FailureKind.AGENT_FAILED);
    assertThat(turn.message()).contains("exit code 3").contains("crashed in the phase prompt");
  }

  @Test
  void aSessionThatFailedAnswersNoMore() throws InterruptedException {
    try (AgentSession session = world.open(world.scripted("exit 5"))) {
      session.prompt("do it", LIMITS);
      var second = (AgentTurn.Failed) session.prompt("once more", LIMITS);

      assertThat(second.message()).contains("exit code 5");
    }
  }

  @Test
  void aBuildThatIsSilentForLongerThanTheLimitOfSilenceLives() throws InterruptedException {
    AgentTurn turn =
        prompt(
            world.scripted("shell sleep 2.5\nsay built"),
            limits(LONG, Duration.ofSeconds(2), LONG));

    assertThat(turn).isInstanceOf(AgentTurn.Completed.class);
  }

  @Test
  void aToolThatHangsIsEnded() throws InterruptedException {
    long start = TimeSource.SYSTEM.nanoTime();

    var turn =
        (AgentTurn.LimitReached)
            prompt(world.scripted("shell sleep 1000"), limits(LONG, LONG, SHORT));

    assertThat(turn.limit()).isEqualTo(AgentLimit.TOOL);
    assertThat(TimeSource.SYSTEM.since(start)).isLessThan(BOUND);
  }

  @Test
  void aToolThatComputesLives() throws InterruptedException {
    AgentTurn turn =
        prompt(
            world.scripted("open-tool compile\nbusy 4000\nsay built"),
            limits(LONG, LONG, Duration.ofSeconds(3)));

    assertThat(turn).isInstanceOf(AgentTurn.Completed.class);
  }

  @ParameterizedTest
  @CsvSource({
    "forever tool build failed, LOOP",
    "forever ask execute \"\" rm, LOOP",
    "forever ask edit /etc/x overwrite, LOOP"
  })
  void whatGoesRoundInCirclesIsEnded(String script, AgentLimit limit) throws InterruptedException {
    var turn = (AgentTurn.LimitReached) prompt(world.scripted(script), LIMITS);

    assertThat(turn.limit()).isEqualTo(limit);
  }

  @Test
  void itMayWriteInTheTreeAndNotOutside() throws InterruptedException {
    Path outside = folder.resolve("outside.txt");

    prompt(
        world.scripted(
            "ask-write a.txt inside\nask-write .git/config [core]\nask-write " + outside + " x"),
        LIMITS);

    assertThat(world.tree.resolve("a.txt")).hasContent("inside\n");
    assertThat(outside).doesNotExist();
    assertThat(world.tree.resolve(".git")).doesNotExist();
    assertThat(world.events.lines("noted")).hasSize(2);
  }

  @Test
  void itsEnvironmentHoldsNothingOfTheAvatars() throws InterruptedException {
    prompt(world.scripted("env"), LIMITS);

    assertThat(
            world.events.lines("said").stream()
                .flatMap(said -> said.substring("said ".length()).lines())
                .map(variable -> variable.substring(0, variable.indexOf('='))))
        .containsExactlyInAnyOrder(
            "GIT_PAGER",
            "GIT_TERMINAL_PROMPT",
            "HOME",
            "PAGER",
            "PATH",
            "XDG_CACHE_HOME",
            "XDG_CONFIG_HOME",
            "XDG_DATA_HOME",
            "XDG_STATE_HOME");
  }

  @Test
  void badBytesLongLinesAndUnknownRequestsAreSurvived() throws InterruptedException {
    AgentTurn turn =
        prompt(
            world.scripted(
                """
                bad-utf8
                line 5000000
                update-first Something
                request craft/drainMidTurnQueue
                notify qwen/notify
                tool a b
                say fine
                """,
                "--noise"),
            LIMITS);

    assertThat(turn.summary()).isEqualTo("fine");
    assertThat(world.events.lines()).contains("said before \ufffd\ufffd( after", "said -32601");
  }

  @Test
  void anInterruptEndsEverythingWithinTwoSeconds() throws Exception {
    // Several times, as a busy machine may cause a delay.
    Duration took = timeToInterrupt();
    for (int i = 0; i < 4 && took.compareTo(Duration.ofSeconds(2)) >= 0; i++) {
      took = timeToInterrupt();
    }

    assertThat(took).isLessThan(Duration.ofSeconds(2));
  }

  /** How long an agent that ignores every request lives on after an interrupt. */
  private Duration timeToInterrupt() throws Exception {
    AgentDefinition definition =
        world.scripted("shell sleep 1000", "--ignore-cancel", "--ignore-eof", "--ignore-term");
    int before = world.events.lines("tool").size();
    try (AgentSession session = world.open(definition)) {
      var prompted = new FutureTask<>(() -> session.prompt("do it", LIMITS));
      var thread = new Thread(prompted, "prompts");
      thread.start();
      while (world.events.lines("tool").size() == before) {
        LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
      }

      long start = TimeSource.SYSTEM.nanoTime();
      thread.interrupt();
      assertThatThrownBy(() -> prompted.get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(InterruptedException.class);
      Duration took = TimeSource.SYSTEM.since(start);

      assertThat(processes.alive()).isEmpty();
      return took;
    }
  }

  @Test
  void aHundredMegabytesNeedLittleMemory() throws Exception {
    Process process =
        new ProcessBuilder(
                Stream.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx16m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MemoryProbe.class.getName(),
                        folder.toString())
                    .toList())
            .inheritIO()
            .start();

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  private static final AgentLimits LIMITS = AgentWorld.LIMITS;

  private static AgentLimits limits(Duration time, Duration silence, Duration tool) {
    return new AgentLimits(
        LONG, time, silence, tool, OptionalLong.empty(), OptionalLong.empty(), Optional.empty());
  }
}
