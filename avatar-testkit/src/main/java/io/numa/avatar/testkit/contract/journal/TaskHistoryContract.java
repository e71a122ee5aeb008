package io.numa.avatar.testkit.contract.journal;

import static io.numa.avatar.testkit.contract.journal.JournalSamples.OTHER;
import static io.numa.avatar.testkit.contract.journal.JournalSamples.TASK;
import static io.numa.avatar.testkit.contract.journal.JournalSamples.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.journal.AttemptRecord;
import io.numa.avatar.port.journal.EndedTask;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.journal.OpenWork;
import io.numa.avatar.port.journal.OutcomeWord;
import io.numa.avatar.port.journal.TaskDescription;
import io.numa.avatar.port.journal.TaskHistory;
import io.numa.avatar.port.journal.TaskLine;
import io.numa.avatar.port.journal.TaskPage;
import io.numa.avatar.port.journal.TaskQuery;
import io.numa.avatar.port.journal.TaskRecord;
import io.numa.avatar.port.journal.TaskResult;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.testkit.contract.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The tests that every {@link TaskHistory} must pass. */
public abstract class TaskHistoryContract {
  private static final Instant NOON = Instant.parse("2025-08-03T12:00:00.123Z");
  private static final TaskDescription DESCRIPTION =
      new TaskDescription(
          "Let people log in 🚀",
          "feature/登录",
          "7",
          "1. write a.txt\n2. run",
          Optional.of(NOON.minusSeconds(9)));

  /** A journal that was empty when the test began; the same for all of one test. */
  protected abstract Journal journal();

  @Test
  void knowsNothingAtFirst() {
    assertThat(journal().page(TaskQuery.ALL)).isEqualTo(new TaskPage(List.of(), Optional.empty()));
    assertThat(journal().record(TASK)).isEmpty();
    assertThat(journal().openWork()).isEqualTo(OpenWork.NONE);
  }

  @Test
  void showsATaskThatWaits() {
    journal().accept(List.of(message("m1", TASK), message("m2", OTHER), message("m3", TASK)));

    assertThat(lines(TaskQuery.ALL))
        .containsExactlyInAnyOrder(TaskLine.waiting(TASK), TaskLine.waiting(OTHER));
    assertThat(lines(TaskQuery.ALL.withSince(NOON))).isEmpty();
    assertThat(journal().record(TASK)).contains(TaskRecord.waiting(TASK));
    assertThat(journal().openWork().waiting()).isEqualTo(2);
  }

  /** Another avatar may get a task that was announced to both. */
  @Test
  void showsNoTaskThatWasNeverOurs() {
    Attempt attempt = Attempt.of(TASK);
    journal().begin(attempt, 1);
    assertThat(lines(TaskQuery.ALL)).isEmpty();

    journal().settle(attempt.id(), NOON);

    assertThat(lines(TaskQuery.ALL)).isEmpty();
    assertThat(journal().record(TASK)).isEmpty();
    assertThat(journal().openWork()).isEqualTo(OpenWork.NONE);
  }

  @Test
  void showsWhatATaskIsWhenItIsOurs() {
    Attempt attempt = claimed(TASK, 1, NOON);
    journal().announce(attempt.id(), Samples.begun(1), 0);
    journal().announce(attempt.id(), Samples.begun(2), 10);
    journal().told(attempt.id(), 1);
    journal().acknowledged(attempt.id(), 7);

    TaskRecord record = journal().record(TASK).orElseThrow();
    assertThat(record.line())
        .isEqualTo(
            new TaskLine(
                TASK,
                Optional.of(DESCRIPTION.title()),
                Optional.of(DESCRIPTION.branch()),
                OutcomeWord.RUNNING,
                Optional.of(NOON),
                Optional.empty(),
                1,
                Optional.empty()));
    assertThat(record.description()).contains(DESCRIPTION);
    assertThat(record.attempts())
        .containsExactly(
            new AttemptRecord(
                attempt.id(), 1, Optional.of(Samples.begun(2)), Optional.empty(), false, 1));
    assertThat(lines(TaskQuery.ALL)).containsExactly(record.line());
    assertThat(journal().openWork().attempts())
        .containsExactly(new OpenWork.OpenAttempt(TASK, attempt.id(), 1, false, 1, 7));
  }

  @Test
  void aTaskThatCannotBeReadHasNoTitle() {
    Attempt attempt = Attempt.of(TASK);
    journal().begin(attempt, 1);
    journal().claimed(attempt, Optional.empty(), NOON);

    assertThat(journal().record(TASK).orElseThrow().description()).isEmpty();
    assertThat(lines(TaskQuery.ALL)).extracting(TaskLine::title).containsExactly(Optional.empty());
    assertThat(lines(TaskQuery.ALL.withText(TASK.value()))).hasSize(1);
  }

  @Test
  void theStoryOfATaskSurvivesItsEnd() {
    Attempt attempt = claimed(TASK, 1, NOON);
    journal().announce(attempt.id(), Samples.begun(1), 0);
    StatusUpdate last = Samples.everything(2);
    journal().announce(attempt.id(), last, 10);
    journal().announce(attempt.id(), Samples.begun(3), 10);
    TaskRecord before = journal().record(TASK).orElseThrow();
    assertThat(before.line().outcome()).isEqualTo(OutcomeWord.FAILED);
    assertThat(journal().openWork().attempts())
        .extracting(OpenWork.OpenAttempt::ended)
        .containsExactly(true);

    journal().settle(attempt.id(), NOON.plusSeconds(99));

    TaskRecord after = journal().record(TASK).orElseThrow();
    assertThat(after.line()).isEqualTo(before.line());
    assertThat(after.line().result()).contains(TaskResult.of(last));
    assertThat(after.line().endedAt().map(Instant::toEpochMilli))
        .isEqualTo(last.finishedAt().map(Instant::toEpochMilli));
    assertThat(after.description()).contains(DESCRIPTION);
    assertThat(after.attempts())
        .containsExactly(
            new AttemptRecord(
                attempt.id(), 1, Optional.of(last), Optional.of(NOON.plusSeconds(99)), false, 0));
    assertThat(journal().openWork()).isEqualTo(OpenWork.NONE);
  }

  @Test
  void aTaskThatIsGivenUpIsDropped() {
    Attempt attempt = claimed(TASK, 1, NOON);
    journal().announce(attempt.id(), Samples.begun(1), 0);

    journal().settle(attempt.id(), NOON.plusSeconds(1));

    TaskLine line = journal().record(TASK).orElseThrow().line();
    assertThat(line.outcome()).isEqualTo(OutcomeWord.DROPPED);
    assertThat(line.endedAt()).contains(NOON.plusSeconds(1));
  }

  @Test
  void tellsTheAttemptsInTheirOrder() {
    Attempt first = claimed(TASK, 1, NOON);
    journal().announce(first.id(), Samples.begun(1), 0);
    Attempt second = claimed(TASK, 2, NOON.plusSeconds(60));
    journal().announce(second.id(), Samples.done(1), 0);

    TaskRecord record = journal().record(TASK).orElseThrow();
    assertThat(record.attempts())
        .extracting(AttemptRecord::attempt)
        .containsExactly(first.id(), second.id());
    assertThat(record.attempts()).extracting(AttemptRecord::replaced).containsExactly(true, false);
    assertThat(record.line().attempts()).isEqualTo(2);
    assertThat(record.line().startedAt()).contains(NOON.plusSeconds(60));
    assertThat(record.line().outcome()).isEqualTo(OutcomeWord.DONE);
  }

  /** A refused try to do a failed task again changes nothing of its story. */
  @Test
  void aClaimThatIsRefusedLeavesTheStoryAsItWas() {
    Attempt attempt = claimed(TASK, 1, NOON);
    journal().announce(attempt.id(), Samples.everything(1), 0);
    journal().settle(attempt.id(), NOON);
    TaskRecord before = journal().record(TASK).orElseThrow();

    Attempt again = Attempt.of(TASK);
    journal().begin(again, 1);
    assertThat(journal().record(TASK)).contains(before);
    journal().settle(again.id(), NOON.plusSeconds(5));

    assertThat(journal().record(TASK)).contains(before);
  }

  @Test
  void forgetsTheStoryWithTheTask() {
    Attempt attempt = claimed(TASK, 1, NOON);
    Attempt other = claimed(OTHER, 1, NOON);
    journal().settle(attempt.id(), NOON);

    journal().forget(new EndedTask(TASK, NOON, List.of(attempt.id())));
    journal().forget(new EndedTask(OTHER, NOON, List.of(AttemptId.random())));

    assertThat(journal().record(TASK)).isEmpty();
    assertThat(lines(TaskQuery.ALL)).extracting(TaskLine::task).containsExactly(OTHER);
    assertThat(journal().has(other.id())).isTrue();
  }

  @Test
  void listsTheNewestFirstInPages() {
    for (int i = 0; i < 5; i++) {
      claimed(new TaskId("t" + i), 1, NOON.plusSeconds(i / 2));
    }
    journal().accept(List.of(message("m1", TASK), message("m2", OTHER)));
    TaskQuery query = TaskQuery.ALL.withLimit(3);

    TaskPage first = journal().page(query);
    claimed(new TaskId("newer"), 1, NOON.plusSeconds(60));
    TaskPage second = journal().page(query.withAfter(first.next().orElseThrow()));
    TaskPage third = journal().page(query.withAfter(second.next().orElseThrow()));

    assertThat(first.tasks()).extracting(TaskLine::task).startsWith(OTHER, TASK);
    var began = new ArrayList<TaskLine>(first.tasks().subList(2, 3));
    began.addAll(second.tasks());
    began.addAll(third.tasks());
    assertThat(began)
        .extracting(line -> line.task().value())
        .doesNotHaveDuplicates()
        .contains("t0", "t1", "t2", "t3", "t4")
        .endsWith("t1", "t0");
    assertThat(third.next()).isEmpty();
  }

  @Test
  void refusesAPageThatItNeverGave() {
    assertThatThrownBy(() -> journal().page(TaskQuery.ALL.withAfter("x' OR 1")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void findsTasksByTheirIdTitleOrBranch() {
    claimed(TASK, 1, NOON);
    claimed(OTHER, 1, NOON);
    Attempt percent = Attempt.of(new TaskId("p"));
    journal().begin(percent, 1);
    journal()
        .claimed(
            percent,
            Optional.of(new TaskDescription("100% \\_o", "b", "7", "", Optional.empty())),
            NOON);

    assertThat(found("LOG IN")).containsExactlyInAnyOrder(TASK, OTHER);
    assertThat(found("登录")).containsExactlyInAnyOrder(TASK, OTHER);
    assertThat(found("23")).containsExactly(TASK);
    assertThat(found("0%")).containsExactly(percent.task());
    assertThat(found("\\_")).containsExactly(percent.task());
    assertThat(found("%")).containsExactly(percent.task());
    assertThat(found("_")).containsExactly(percent.task());
    assertThat(found("feature__")).isEmpty();
    assertThat(found("'")).isEmpty();
  }

  @Test
  void findsTasksByTheirOutcomeAndTime() {
    journal().accept(List.of(message("m1", new TaskId("waits"))));
    Attempt failed = claimed(TASK, 1, NOON);
    journal().announce(failed.id(), Samples.everything(1), 0);
    claimed(OTHER, 1, NOON.plusSeconds(1));

    assertThat(found(Set.of(OutcomeWord.FAILED, OutcomeWord.DONE))).containsExactly(TASK);
    assertThat(found(Set.of(OutcomeWord.RUNNING))).containsExactly(OTHER);
    assertThat(found(Set.of(OutcomeWord.WAITING))).containsExactly(new TaskId("waits"));
    assertThat(found(Set.of(OutcomeWord.UNKNOWN))).isEmpty();
    assertThat(lines(TaskQuery.ALL.withSince(NOON.plusSeconds(1))))
        .extracting(TaskLine::task)
        .containsExactly(OTHER);
    assertThat(lines(TaskQuery.ALL.withText("123").withOutcomes(Set.of(OutcomeWord.RUNNING))))
        .isEmpty();
  }

  private Attempt claimed(TaskId task, int number, Instant at) {
    Attempt attempt = Attempt.of(task);
    journal().begin(attempt, number);
    journal().claimed(attempt, Optional.of(DESCRIPTION), at);
    return attempt;
  }

  private List<TaskLine> lines(TaskQuery query) {
    return journal().page(query).tasks();
  }

  private List<TaskId> found(String text) {
    return lines(TaskQuery.ALL.withText(text)).stream().map(TaskLine::task).toList();
  }

  private List<TaskId> found(Set<OutcomeWord> outcomes) {
    return lines(TaskQuery.ALL.withOutcomes(outcomes)).stream().map(TaskLine::task).toList();
  }
}
