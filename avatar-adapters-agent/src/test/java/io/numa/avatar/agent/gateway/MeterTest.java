package io.numa.avatar.agent.gateway;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.port.agent.AgentLimit;
import io.numa.avatar.task.agent.AgentUsage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeterTest {
  private final Meter meter = new Meter();
  private final ExecutorService threads = Executors.newFixedThreadPool(8);

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  @ParameterizedTest
  @CsvSource({"TURNS, 3, , , 3", "TOKENS, , 100, , 3", "COST, , , 0.9, 3", "TOKENS, , 81, , 3"})
  void letsOneAnswerPassABoundOfEightAtATime(
      AgentLimit limit, Long turns, Long tokens, BigDecimal cost, int answers) throws Exception {
    meter.bind(
        new Meter.Bounds(
            turns == null ? OptionalLong.empty() : OptionalLong.of(turns),
            tokens == null ? OptionalLong.empty() : OptionalLong.of(tokens),
            Optional.ofNullable(cost)));
    var answered = new AtomicInteger();

    List<Future<AgentLimit>> ends = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      ends.add(threads.submit(request(answered)));
    }

    List<AgentLimit> refused = new ArrayList<>();
    for (Future<AgentLimit> end : ends) {
      refused.add(end.get());
    }
    assertThat(answered).hasValue(answers);
    assertThat(refused).filteredOn(limit::equals).hasSize(8 - answers);
  }

  private Callable<AgentLimit> request(AtomicInteger answered) {
    return () -> {
      try {
        Meter.Permit permit = meter.admit(usage(50));
        answered.incrementAndGet();
        meter.note(permit, usage(40));
        meter.settle(permit);
        return null;
      } catch (Meter.BoundReachedException e) {
        return e.limit();
      }
    };
  }

  @Test
  void letsRequestsRunAtATimeFarFromTheBound() throws Exception {
    meter.bind(
        new Meter.Bounds(OptionalLong.of(8), OptionalLong.of(400), Optional.of(BigDecimal.TEN)));

    for (int i = 0; i < 8; i++) {
      meter.admit(usage(50));
    }

    assertThatThrownBy(() -> threads.submit(() -> meter.admit(usage(50))).get(50, MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
  }

  @Test
  void letsAWaitingRequestGoWhenARunningOneFailed() throws Exception {
    meter.bind(new Meter.Bounds(OptionalLong.of(1), OptionalLong.empty(), Optional.empty()));
    Meter.Permit failing = meter.admit(usage(50));
    Future<Meter.Permit> waiting = threads.submit(() -> meter.admit(usage(50)));

    meter.settle(failing);

    assertThat(waiting.get()).isNotNull();
    assertThat(meter.used()).isEqualTo(AgentUsage.NONE);
  }

  @Test
  void countsWhatRunningAnswersState() throws Exception {
    Meter.Permit permit = meter.admit(usage(50));
    meter.countRequest();
    meter.note(permit, usage(10));
    meter.note(permit, usage(30));

    assertThat(meter.used().tokens()).isEqualTo(30);
    assertThat(meter.used().requests()).isEqualTo(1);

    meter.bind(new Meter.Bounds(OptionalLong.empty(), OptionalLong.of(30), Optional.empty()));
    assertThatThrownBy(() -> meter.admit(usage(1))).isInstanceOf(Meter.BoundReachedException.class);

    meter.settle(permit);
    meter.settle(permit);
    assertThat(meter.used().tokens()).isEqualTo(30);
  }

  /** One turn of these tokens, of which a hundred cost 1. */
  private static AgentUsage usage(long tokens) {
    return new AgentUsage(1, 0, 0, tokens, 0, 0, 0, BigDecimal.valueOf(tokens, 2));
  }
}
