package io.numa.avatar.testkit.contract;

import static io.numa.avatar.testkit.contract.Samples.begun;
import static io.numa.avatar.testkit.contract.Samples.done;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.Journal;
import io.numa.avatar.port.JournaledAttempt;
import io.numa.avatar.port.JournaledAttempt.Report;
import io.numa.avatar.port.Lease;
import io.numa.avatar.port.PendingPush;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskMessage;
import io.numa.avatar.task.TaskMessage.Announcement;
import io.numa.avatar.task.TaskMessage.Unreadable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every {@link Journal} must do. Extend it, and say how to get an empty one. */
public abstract class JournalContract {
  private static final TaskId TASK = new TaskId("123");
  private static final TaskId OTHER = new TaskId("añadir/登录 🚀");
  private static final PendingPush PUSH =
      new PendingPush(
          RepositoryUrl.parse("https://git.example.com:8443/team/shop.git"),
          new BranchName("feature/log-in"),
          new CommitId("0123456789abcdef0123456789abcdef01234567"));

  private final Attempt attempt = Attempt.of(TASK);
  private final AttemptId unknown = AttemptId.random();

  /** A journal that was empty when the test began; the same for all of one test. */
  protected abstract Journal journal();

  @Test
  void knowsNothingAtFirst() {
    assertThat(journal().lastMessage()).isEmpty();
    assertThat(journal().waiting()).isEmpty();
    assertThat(journal().open()).isEmpty();
    assertThat(journal().find(TASK)).isEmpty();
  }

  @Test
  void givesMessagesItHasNotSeenInTheirOrder() {
    var first = journal().accept(List.of(message("c", TASK), unreadable("a")));
    var second = journal().accept(List.of(unreadable("a"), message("b", OTHER), unreadable("c")));

    assertThat(first).containsExactly(message("c", TASK), unreadable("a"));
    assertThat(second).containsExactly(message("b", OTHER));
  }

  @Test
  void givesAMessageOnceThatComesTwiceAtOnce() {
    var messages = List.<TaskMessage>of(message("a", TASK), message("a", OTHER));

    assertThat(journal().accept(messages)).containsExactly(message("a", TASK));
    assertThat(journal().waiting()).containsExactly(message("a", TASK));
  }

  @Test
  void givesNothingOfTenThousandMessagesTheSecondTime() {
    List<TaskMessage> messages =
        IntStream.range(0, 10_000)
            .<TaskMessage>mapToObj(i -> message("m" + i, new TaskId("t" + i)))
            .toList();

    assertThat(journal().accept(messages)).isEqualTo(messages);
    assertThat(journal().accept(messages)).isEmpty();
    assertThat(journal().waiting()).isEqualTo(messages);
  }

  @Test
  void takesInNoMessages() {
    assertThat(journal().accept(List.of())).isEmpty();
    assertThat(journal().lastMessage()).isEmpty();
  }

  @Test
  void knowsTheMessageThatWasTakenInLast() {
    journal().accept(List.of(message("z", TASK), unreadable("a")));
    journal().accept(List.of(message("z", TASK)));

    assertThat(journal().lastMessage()).contains(new MessageId("a"));
  }

  @Test
  void keepsAnnouncementsWaitingInTheOrderTheyCame() {
    journal().accept(List.of(message("z", OTHER), unreadable("u")));
    journal().accept(List.of(message("a", TASK), message("b", OTHER)));

    assertThat(journal().waiting())
        .containsExactly(message("z", OTHER), message("a", TASK), message("b", OTHER));
  }

  @Test
  void putsAMessageAwayForGood() {
    journal().accept(List.of(message("a", TASK), message("b", OTHER)));

    journal().setAside(new MessageId("b"), "it is gone");
    journal().setAside(new MessageId("b"), "it is still gone");

    assertThat(journal().waiting()).containsExactly(message("a", TASK));
    assertThat(journal().lastMessage()).contains(new MessageId("b"));
    assertThat(journal().accept(List.of(message("b", OTHER)))).isEmpty();
  }

  @Test
  void putsAMessageAwayThatWasNeverTakenIn() {
    journal().accept(List.of(message("a", TASK)));

    journal().setAside(new MessageId("b"), "too old");

    assertThat(journal().lastMessage()).contains(new MessageId("a"));
    assertThat(journal().accept(List.of(message("b", OTHER)))).isEmpty();
    assertThat(journal().waiting()).containsExactly(message("a", TASK));
  }

  @Test
  void beginsAnAttempt() {
    journal().begin(attempt, 3);

    assertThat(journal().open()).containsExactly(fresh(attempt, 3));
    assertThat(journal().find(TASK)).contains(fresh(attempt, 3));
    assertThat(journal().find(OTHER)).isEmpty();
  }

  @Test
  void waitsNoMoreForATaskThatIsBegun() {
    journal().accept(List.of(message("a", TASK), message("b", OTHER), message("c", TASK)));

    journal().begin(attempt, 1);

    assertThat(journal().waiting()).containsExactly(message("b", OTHER));
    assertThat(journal().accept(List.of(message("a", TASK)))).isEmpty();
  }

  @Test
  void waitsForATaskThatIsAnnouncedAgainAfterItWasBegun() {
    journal().begin(attempt, 1);

    journal().accept(List.of(message("a", TASK)));

    assertThat(journal().waiting()).containsExactly(message("a", TASK));
  }

  @Test
  void forgetsTheEarlierAttemptAtATaskThatIsBegunAgain() {
    var again = Attempt.of(TASK);
    var other = Attempt.of(OTHER);
    journal().begin(attempt, 1);
    journal().announce(attempt.id(), begun(1), 0);
    journal().begin(other, 1);

    journal().begin(again, 2);
    journal().pushed(attempt.id());

    assertThat(journal().open()).containsExactly(fresh(other, 1), fresh(again, 2));
    assertThat(journal().find(TASK)).contains(fresh(again, 2));
  }

  @Test
  void beginsTheSameAttemptAnew() {
    journal().begin(attempt, 1);
    journal().announce(attempt.id(), begun(1), 0);
    journal().acknowledged(attempt.id(), 5);

    journal().begin(attempt, 2);

    assertThat(journal().open()).containsExactly(fresh(attempt, 2));
  }

  @Test
  void keepsTheLastLease() {
    var first = attempt.withLease(new Lease(Duration.ofSeconds(30), Optional.empty()));
    var second = attempt.withLease(new Lease(Duration.ofMillis(1_500), Optional.of("e-7 ü")));
    journal().begin(attempt, 1);

    journal().claimed(first);
    journal().claimed(second);

    assertThat(journal().find(TASK))
        .contains(new JournaledAttempt(second, 1, true, List.of(), Optional.empty(), false, 0));
  }

  @Test
  void keepsAClaimWithoutALease() {
    journal().begin(attempt, 1);

    journal().claimed(attempt);

    assertThat(journal().find(TASK))
        .contains(new JournaledAttempt(attempt, 1, true, List.of(), Optional.empty(), false, 0));
  }

  @Test
  void keepsStatusesByTheirNumber() {
    journal().begin(attempt, 1);

    journal().announce(attempt.id(), begun(10), 400);
    journal().announce(attempt.id(), begun(9), 20);
    journal().announce(attempt.id(), done(11), 5_000_000_000L);

    assertThat(reports())
        .containsExactly(
            new Report(begun(9), 20, false),
            new Report(begun(10), 400, false),
            new Report(done(11), 5_000_000_000L, false));
  }

  @Test
  void keepsEveryFieldOfAStatus() {
    journal().begin(attempt, 1);

    journal().announce(attempt.id(), Samples.everything(1), 0);

    assertThat(reports()).containsExactly(new Report(Samples.everything(1), 0, false));
  }

  @Test
  void keepsAStatusOnceThatIsNotedTwice() {
    journal().begin(attempt, 1);
    journal().announce(attempt.id(), begun(1), 7);
    journal().told(attempt.id(), 1);

    journal().announce(attempt.id(), begun(1), 7);

    assertThat(reports()).containsExactly(new Report(begun(1), 7, true));
  }

  @Test
  void keepsTheFirstOutcome() {
    journal().begin(attempt, 1);
    journal().announce(attempt.id(), done(2), 7);

    journal().announce(attempt.id(), Samples.everything(2), 8);
    journal().announce(attempt.id(), Samples.everything(3), 9);
    journal().announce(attempt.id(), begun(4), 10);

    assertThat(reports()).containsExactly(new Report(done(2), 7, false));
    assertThat(journal().find(TASK)).get().returns(true, JournaledAttempt::ended);
  }

  @Test
  void knowsWhatTheBackendWasTold() {
    journal().begin(attempt, 1);
    journal().announce(attempt.id(), begun(1), 0);
    journal().announce(attempt.id(), begun(2), 5);

    journal().told(attempt.id(), 1);
    journal().told(attempt.id(), 1);
    journal().told(attempt.id(), 99);

    assertThat(reports())
        .containsExactly(new Report(begun(1), 0, true), new Report(begun(2), 5, false));
  }

  @Test
  void knowsTheCommitThatIsAboutToBePushed() {
    journal().begin(attempt, 1);

    journal().committed(attempt.id(), PUSH);
    journal().committed(attempt.id(), PUSH);

    assertThat(journal().find(TASK))
        .contains(new JournaledAttempt(attempt, 1, false, List.of(), Optional.of(PUSH), false, 0));
  }

  @Test
  void knowsTheCommitThatWasPushed() {
    journal().begin(attempt, 1);
    journal().committed(attempt.id(), PUSH);

    journal().pushed(attempt.id());
    journal().pushed(attempt.id());

    assertThat(journal().find(TASK))
        .contains(new JournaledAttempt(attempt, 1, false, List.of(), Optional.of(PUSH), true, 0));
  }

  @Test
  void takesAnotherCommitForOneThatIsNotPushedYet() {
    var next =
        new PendingPush(
            RepositoryUrl.parse("git@git.example.com:team/shop.git"),
            new BranchName("dev-123"),
            new CommitId("f".repeat(64)));
    journal().begin(attempt, 1);
    journal().committed(attempt.id(), PUSH);
    journal().pushed(attempt.id());

    journal().committed(attempt.id(), next);

    assertThat(journal().find(TASK))
        .contains(new JournaledAttempt(attempt, 1, false, List.of(), Optional.of(next), false, 0));
  }

  @Test
  void knowsHowMuchOfTheLogTheBackendHas() {
    journal().begin(attempt, 1);

    journal().acknowledged(attempt.id(), 17);
    journal().acknowledged(attempt.id(), 5_000_000_000L);

    assertThat(journal().find(TASK)).get().returns(5_000_000_000L, JournaledAttempt::acknowledged);
  }

  /** A backend that has lost some of the log says so, and is believed. */
  @Test
  void takesAnOffsetBack() {
    journal().begin(attempt, 1);
    journal().acknowledged(attempt.id(), 17);

    journal().acknowledged(attempt.id(), 4);

    assertThat(journal().find(TASK)).get().returns(4L, JournaledAttempt::acknowledged);
  }

  @Test
  void forgetsWhatIsSettled() {
    var other = Attempt.of(OTHER);
    journal().begin(attempt, 1);
    journal().announce(attempt.id(), done(1), 0);
    journal().begin(other, 1);

    journal().settle(attempt.id());
    journal().settle(attempt.id());

    assertThat(journal().open()).containsExactly(fresh(other, 1));
    assertThat(journal().find(TASK)).isEmpty();
  }

  @Test
  void givesOpenAttemptsInTheOrderTheyWereBegun() {
    var attempts =
        IntStream.range(0, 20).mapToObj(i -> Attempt.of(new TaskId("t" + (i * 7 % 20)))).toList();
    attempts.forEach(each -> journal().begin(each, 1));
    var again = Attempt.of(attempts.get(0).task());

    journal().settle(attempts.get(19).id());
    journal().begin(again, 2);

    assertThat(journal().open())
        .extracting(JournaledAttempt::attempt)
        .containsExactlyElementsOf(
            Stream.concat(attempts.subList(1, 19).stream(), Stream.of(again)).toList());
  }

  @Test
  void doesNothingToAnAttemptItDoesNotHold() {
    journal().begin(attempt, 1);

    journal().claimed(Attempt.of(OTHER));
    journal().announce(unknown, begun(1), 0);
    journal().committed(unknown, PUSH);
    journal().pushed(unknown);
    journal().acknowledged(unknown, 5);
    journal().told(unknown, 1);
    journal().settle(unknown);

    assertThat(journal().open()).containsExactly(fresh(attempt, 1));
  }

  @Test
  void keepsWhatItGaveAsItWas() {
    journal().accept(List.of(message("a", TASK)));
    journal().begin(Attempt.of(OTHER), 1);
    var waiting = journal().waiting();
    var open = journal().open();

    journal().begin(attempt, 1);

    assertThat(waiting).containsExactly(message("a", TASK));
    assertThat(open).hasSize(1);
  }

  @Test
  void givesEachMessageToOneOfSeveralThreads() throws Exception {
    List<TaskMessage> messages =
        IntStream.range(0, 200)
            .<TaskMessage>mapToObj(i -> message("m" + i, new TaskId("t" + i)))
            .toList();

    var taken =
        onThreads(
            thread -> {
              var mine = new ArrayList<TaskMessage>();
              for (TaskMessage message : messages) {
                mine.addAll(journal().accept(List.of(message)));
              }
              return mine;
            });

    assertThat(taken.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(messages);
    assertThat(journal().waiting()).containsExactlyInAnyOrderElementsOf(announcements(messages));
  }

  @Test
  void keepsTheAttemptsOfSeveralThreadsApart() throws Exception {
    var kept =
        onThreads(
            thread -> {
              var mine = Attempt.of(new TaskId("t" + thread));
              journal().begin(mine, 1);
              for (int i = 1; i <= 25; i++) {
                journal().announce(mine.id(), begun(i), i);
                journal().told(mine.id(), i);
                journal().acknowledged(mine.id(), i);
              }
              return journal().find(mine.task()).orElseThrow();
            });

    assertThat(journal().open()).containsExactlyInAnyOrderElementsOf(kept);
    assertThat(kept)
        .allSatisfy(
            each -> {
              assertThat(each.acknowledged()).isEqualTo(25);
              assertThat(each.reports()).hasSize(25).allMatch(Report::told);
            });
  }

  private static <T> List<T> onThreads(Function<Integer, T> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      var running = new ArrayList<Future<T>>();
      for (int i = 0; i < 4; i++) {
        int thread = i;
        running.add(threads.submit(() -> work.apply(thread)));
      }
      var results = new ArrayList<T>();
      for (Future<T> each : running) {
        results.add(each.get(60, SECONDS));
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  private List<Report> reports() {
    return journal().find(TASK).orElseThrow().reports();
  }

  private static JournaledAttempt fresh(Attempt attempt, int number) {
    return new JournaledAttempt(attempt, number, false, List.of(), Optional.empty(), false, 0);
  }

  private static Announcement message(String id, TaskId task) {
    return new Announcement(new MessageId(id), task);
  }

  private static TaskMessage unreadable(String id) {
    return new Unreadable(new MessageId(id), "no task in it");
  }

  private static List<Announcement> announcements(List<TaskMessage> messages) {
    return messages.stream().map(Announcement.class::cast).toList();
  }
}
