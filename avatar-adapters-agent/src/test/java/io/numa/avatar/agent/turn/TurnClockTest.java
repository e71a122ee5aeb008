package io.numa.avatar.agent.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.agent.AgentLimit;
import io.numa.avatar.port.agent.AgentLimits;
import io.numa.avatar.port.agent.AgentTool;
import io.numa.avatar.port.agent.AgentTurn;
import io.numa.avatar.task.agent.AgentUsage;
import io.numa.avatar.time.TimeSource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Which limit of a turn is reached when, in a time that stands still by itself. */
final class TurnClockTest {
  private static final Duration TIME = Duration.ofMinutes(10);
  private static final Duration SILENCE = Duration.ofSeconds(20);
  private static final Duration TOOL = Duration.ofSeconds(100);

  private Duration now = Duration.ZERO;
  private Duration computed = Duration.ZERO;
  private final TurnClock clock = new TurnClock(limits(), new StandingTime(), () -> computed);

  private final class StandingTime implements TimeSource {
    @Override
    public Clock clock() {
      throw new UnsupportedOperationException();
    }

    @Override
    public long nanoTime() {
      return now.toNanos();
    }
  }

  @Test
  void silenceDoesNotCountWhileAToolIsOpen() {
    clock.sign(tool(AgentTool.State.RUNNING));
    pass(SILENCE.multipliedBy(2));
    assertThat(clock.reached()).isEmpty();

    clock.sign(tool(AgentTool.State.COMPLETED));
    pass(SILENCE.minusSeconds(1));
    assertThat(clock.reached()).isEmpty();
    pass(Duration.ofSeconds(1));

    assertThat(reached()).isEqualTo(AgentLimit.SILENCE);
  }

  @Test
  void aToolThatComputesLivesUntilTheTimeIsOver() {
    clock.sign(tool(AgentTool.State.RUNNING));
    while (now.compareTo(TIME.minusSeconds(10)) < 0) {
      pass(Duration.ofSeconds(10));
      computed = computed.plusSeconds(1);
      assertThat(clock.reached()).isEmpty();
    }
    pass(Duration.ofSeconds(10));

    assertThat(reached()).isEqualTo(AgentLimit.TIME);
  }

  @Test
  void aToolThatComputesNoMoreIsDead() {
    clock.sign(tool(AgentTool.State.RUNNING));
    for (int i = 0; i < 10; i++) {
      pass(Duration.ofSeconds(10));
      computed = computed.plusSeconds(1);
      assertThat(clock.reached()).isEmpty();
    }
    pass(TOOL);

    assertThat(reached()).isEqualTo(AgentLimit.TOOL);
  }

  private void pass(Duration duration) {
    now = now.plus(duration);
  }

  private AgentLimit reached() {
    AgentTurn turn = clock.reached().orElseThrow().turn().apply("", AgentUsage.NONE);
    return ((AgentTurn.LimitReached) turn).limit();
  }

  private static AgentTool tool(AgentTool.State state) {
    return new AgentTool("t", "npm test", "execute", List.of(), state, Optional.empty());
  }

  private static AgentLimits limits() {
    return new AgentLimits(
        TIME, TIME, SILENCE, TOOL, OptionalLong.empty(), OptionalLong.empty(), Optional.empty());
  }
}
