package io.numa.avatar.run.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.journal.AgentSpending;
import io.numa.avatar.port.journal.SpendingJournal;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.agent.AgentReport;
import io.numa.avatar.task.agent.AgentUsage;
import io.numa.avatar.task.agent.SteeringReport;
import io.numa.avatar.time.TimeSource;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TurnWatchTest {
  private static final AgentUsage BEFORE = usage(1_000);

  private final List<AgentSpending> journaled = new ArrayList<>();
  private final List<String> announced = new ArrayList<>();
  private final List<String> shown = new ArrayList<>();
  private final List<AgentReport> reports = new ArrayList<>();
  private Optional<PortException> failure = Optional.empty();
  private long now;

  private final TimeSource time =
      new TimeSource() {
        @Override
        public Clock clock() {
          return Clock.systemUTC();
        }

        @Override
        public long nanoTime() {
          return now;
        }
      };

  private final SpendingJournal journal =
      new SpendingJournal() {
        @Override
        public void spent(AgentSpending spending) {
          failure.ifPresent(
              thrown -> {
                throw thrown;
              });
          journaled.add(spending);
        }

        @Override
        public List<AgentSpending> spending(TaskId task) {
          return List.copyOf(journaled);
        }
      };

  private final AgentTold told =
      new AgentTold() {
        @Override
        public void begins(AgentReport report, String why) {
          announce(report, why);
        }

        @Override
        public void announce(AgentReport report, String newest) {
          announced.add(newest);
          reports.add(report);
        }

        @Override
        public void record(AgentReport report) {
          reports.add(report);
        }

        @Override
        public void show(AgentReport report, String newest) {
          shown.add(newest);
        }
      };

  private Optional<SteeringReport> steering = Optional.empty();
  private final TurnWatch watch =
      new TurnWatch(new TaskId("1"), journal, time, told, () -> steering);
  private final AgentSpending before =
      AgentSpending.none(AttemptId.random(), 1, "qwen")
          .plus(usage(100), Duration.ofSeconds(5))
          .withFailure("c0ffee");

  @Test
  void journalsEachUseButNotMoreThanOnceASecond() {
    begin();
    pass(Duration.ofMillis(10));
    watch.used(usage(10));
    pass(Duration.ofMillis(500));
    watch.used(usage(20));
    watch.used(usage(30));
    assertThat(tokens()).containsExactly(100L, 110L);

    pass(Duration.ofMillis(600));
    watch.update();

    assertThat(tokens()).containsExactly(100L, 110L, 130L);
    assertThat(last().time()).isEqualTo(Duration.ofMillis(6_110));
  }

  @Test
  void announcesWhatIsNewButNotMoreThanOnceInTenSeconds() {
    begin();
    watch.newest("one");
    pass(Duration.ofSeconds(9));
    watch.newest("two");
    watch.update();
    assertThat(announced).containsExactly("it works");

    pass(Duration.ofSeconds(1));
    watch.update();
    pass(Duration.ofSeconds(11));
    watch.update();

    assertThat(announced).containsExactly("it works", "two");
  }

  @Test
  void tellsWhatTheTaskHasUsedInAll() {
    begin();
    pass(Duration.ofSeconds(10));

    watch.used(usage(7));

    assertThat(reports.get(1).usage().inputTokens()).isEqualTo(1_007);
  }

  @Test
  void journalsTheTimeOfALongToolWithoutEvents() {
    begin();
    watch.used(usage(10));

    pass(Duration.ofSeconds(11));
    watch.update();

    assertThat(last().time()).isEqualTo(Duration.ofSeconds(16));
  }

  @Test
  void journalsTheWholeUseAtTheEnd() {
    begin();
    watch.used(usage(10));
    pass(Duration.ofMillis(100));

    AgentSpending spent = watch.end(usage(12));

    assertThat(last()).isEqualTo(spent);
    assertThat(spent.usage().inputTokens()).isEqualTo(112);
    assertThat(spent.failure()).contains("c0ffee");
    watch.newest("too late");
    watch.used(usage(500));
    watch.update();
    assertThat(last()).isEqualTo(spent);
  }

  @Test
  void journalsWhatATurnHadUsedThatWasCutOff() {
    begin();
    watch.used(usage(10));
    watch.used(usage(20));

    watch.abandon();

    assertThat(last().usage().inputTokens()).isEqualTo(120);
    AgentReport told = reports.get(reports.size() - 1);
    assertThat(told.usage().inputTokens()).isEqualTo(1_020);
    assertThat(told.stop()).contains("interrupted");
  }

  @Test
  void showsAFloodOfWordsTenTimesASecond() {
    begin();
    for (int line = 0; line < 1_000; line++) {
      watch.newest("line " + line);
      pass(Duration.ofMillis(1));
    }
    assertThat(shown).hasSize(10).startsWith("line 0", "line 100").endsWith("line 900");

    pass(Duration.ofMillis(100));
    watch.update();

    assertThat(shown).endsWith("line 999");
  }

  @Test
  void goesOnWhenTheJournalCannotBeWritten() {
    begin();
    failure = Optional.of(new PortException(FailureKind.UNAVAILABLE, "the disk is full"));
    watch.used(usage(10));
    failure = Optional.empty();
    pass(Duration.ofSeconds(2));

    watch.used(usage(20));

    assertThat(tokens()).containsExactly(100L, 120L);
  }

  @Test
  void tellsWhatPeopleHaveSaid() {
    begin();
    steering = Optional.of(new SteeringReport(2, 1, "alice", "Take XML."));
    pass(Duration.ofSeconds(11));

    watch.newest("message of alice: Take XML.");

    assertThat(reports.get(reports.size() - 1).steering()).isEqualTo(steering);
  }

  private void begin() {
    var report =
        new AgentReport(
            "qwen",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            BEFORE,
            Duration.ZERO,
            0,
            Optional.empty(),
            Optional.empty());
    watch.begin(before, report, "it works");
  }

  private void pass(Duration some) {
    now += some.toNanos();
  }

  private AgentSpending last() {
    return journaled.get(journaled.size() - 1);
  }

  private List<Long> tokens() {
    return journaled.stream().map(spending -> spending.usage().inputTokens()).toList();
  }

  private static AgentUsage usage(long tokens) {
    return new AgentUsage(0, 0, 0, tokens, 0, 0, 0, BigDecimal.ZERO);
  }
}
