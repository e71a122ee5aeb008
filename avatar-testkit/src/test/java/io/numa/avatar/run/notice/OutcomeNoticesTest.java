package io.numa.avatar.run.notice;

import static io.numa.avatar.run.RunWorld.SOON;
import static io.numa.avatar.run.RunWorld.TASK;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.money.UsedBudget;
import io.numa.avatar.port.money.UsedBudget.Period;
import io.numa.avatar.port.notice.Notice;
import io.numa.avatar.port.notice.Notice.Link;
import io.numa.avatar.port.notice.NoticeEvent;
import io.numa.avatar.port.repository.ChangeRequests;
import io.numa.avatar.run.Lasting;
import io.numa.avatar.run.RunWorld;
import io.numa.avatar.run.TaskRunner;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.testkit.notice.ScriptedNoticeReceiver;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People hear of the outcomes of tasks, and tasks do not wait for them. */
class OutcomeNoticesTest {
  @TempDir private Path folder;
  private final Journal journal = Lasting.journal();
  private final ScriptedNoticeReceiver receiver = new ScriptedNoticeReceiver("slack");
  private final List<OutcomeNotices> open = new ArrayList<>();
  private RunWorld world;

  @BeforeEach
  void prepare() {
    world = new RunWorld(folder);
    world.addTask(TASK, "build");
  }

  @AfterEach
  void close() {
    receiver.release();
    open.forEach(OutcomeNotices::close);
  }

  @Test
  void tellsOfADeliveredTask() throws Exception {
    run(notices(receiver));

    assertThat(receiver.awaitNotice(SOON)).isTrue();
    Notice notice = receiver.taken().get(0);
    assertThat(notice.events()).containsExactly(NoticeEvent.DELIVERED);
    assertThat(notice.headline()).isEqualTo("Task T-1 done, not tested: Let people log in");
    assertThat(notice.reason()).isEmpty();
    assertThat(notice.at()).isEqualTo(world.clock.instant());
    assertThat(notice.links())
        .containsExactly(new Link("task", "https://avatar.example.com/tasks/T-1"));
  }

  @Test
  void tellsWhyATaskFailed() throws Exception {
    world.commands.answer("build", 1, "no rule\n");

    run(notices(receiver));

    assertThat(receiver.awaitNotice(SOON)).isTrue();
    Notice notice = receiver.taken().get(0);
    assertThat(notice.events()).containsExactly(NoticeEvent.FAILED);
    assertThat(notice.outcome()).isEqualTo("failed at develop");
    assertThat(notice.reason()).startsWith("command_failed: ");
  }

  @Test
  void hasNoSecretsAndNothingInvisible() {
    var writer =
        new NoticeWriter(
            "A\u202e " + RunWorld.SECRET, Optional.empty(), world.settings().redactor());

    assertThat(writer.budget(used("50"), Instant.EPOCH).avatar()).isEqualTo("A ***");
  }

  @Test
  void tellsThoseWhoWantItOnly() throws Exception {
    var failures = new ScriptedNoticeReceiver("mail", Set.of(NoticeEvent.FAILED));

    run(notices(receiver, failures));

    assertThat(receiver.awaitNotice(SOON)).isTrue();
    assertThat(failures.tries()).isZero();
  }

  @Test
  void holdsUpNoTaskWhereAReceiverAnswersNothing() throws Exception {
    receiver.hold();
    var other = new ScriptedNoticeReceiver("mail");

    assertThat(run(notices(receiver, other))).isInstanceOf(TaskOutcome.Delivered.class);

    assertThat(other.awaitNotice(SOON)).isTrue();
    assertThat(receiver.taken()).isEmpty();
    receiver.release();
    assertThat(receiver.awaitNotice(SOON)).isTrue();
  }

  @Test
  void theNextProcessSendsWhatWasNotSentAndNothingTwice() throws Exception {
    receiver.goAway();
    OutcomeNotices first = notices(receiver);
    run(first);
    first.close();
    receiver.comeBack();

    OutcomeNotices second = notices(receiver);
    assertThat(receiver.awaitNotice(SOON)).isTrue();
    second.close();
    notices(receiver).close();

    assertThat(receiver.taken()).hasSize(1);
  }

  /** The outcome is in the journal, and the process is killed before the notice is. */
  @Test
  void tellsOfAnOutcomeThatAPreviousProcessHadNoTimeToTell() throws Exception {
    TaskRunner runner =
        world.runner(
            world.ports().withJournal(journal).withChangeRequests(ChangeRequests.NONE),
            new EndsAtTheReport());
    try {
      runner.run(TASK);
    } catch (EndsAtTheReport.KilledException e) {
      assertThat(journal.open()).hasSize(1);
    }
    assertThat(receiver.tries()).isZero();

    OutcomeNotices next = notices(receiver);
    assertThat(receiver.awaitNotice(SOON)).isTrue();
    next.close();
    notices(receiver).close();

    assertThat(receiver.taken()).hasSize(1);
  }

  @Test
  void tellsOfABudgetOncePerPeriodAndLimit() throws Exception {
    var outbox = new NoticeOutbox(journal, List.of(receiver), world.clock);
    outbox.start();
    Instant now = world.clock.instant();

    outbox.post(writer().budget(used("50"), now));
    outbox.post(writer().budget(used("50"), now.plusSeconds(60)));
    outbox.post(writer().budget(used("80"), now.plusSeconds(60)));
    outbox.close();

    assertThat(receiver.taken()).extracting(Notice::task).containsOnly(Optional.empty()).hasSize(2);
    assertThat(receiver.taken().get(0).headline())
        .isEqualTo("The agents' budget for the day is used up");
    assertThat(receiver.taken().get(0).reason())
        .isEqualTo(
            "the budget of 50 for the day is used up (50.2 spent). Tasks in words wait until"
                + " 2025-08-04T00:00:00Z; plans go on.");
  }

  @Test
  void dropsWhatNoReceiverTookInAWeek() throws Exception {
    receiver.goAway();
    OutcomeNotices first = notices(receiver);
    run(first);
    first.close();
    receiver.comeBack();
    world.clock.advance(Duration.ofDays(8));

    notices(receiver).close();

    assertThat(receiver.taken()).isEmpty();
  }

  private static UsedBudget used(String limit) {
    return new UsedBudget(
        Period.DAY,
        LocalDate.of(2025, 8, 3),
        new BigDecimal(limit),
        new BigDecimal("50.2"),
        Instant.parse("2025-08-04T00:00:00Z"));
  }

  private NoticeWriter writer() {
    Redactor redactor = world.settings().redactor();
    return new NoticeWriter("Avatar", Optional.of("https://avatar.example.com"), redactor);
  }

  private OutcomeNotices notices(ScriptedNoticeReceiver... receivers) {
    var outbox = new NoticeOutbox(journal, List.of(receivers), world.clock);
    var notices = new OutcomeNotices(journal, writer(), outbox);
    open.add(notices);
    notices.start();
    return notices;
  }

  private TaskOutcome run(OutcomeNotices notices) throws InterruptedException {
    return world.runner(world.ports().withJournal(journal), notices).run(TASK);
  }
}
