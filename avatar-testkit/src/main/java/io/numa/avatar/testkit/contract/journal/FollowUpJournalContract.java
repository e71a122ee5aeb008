package io.numa.avatar.testkit.contract.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.journal.EndedTask;
import io.numa.avatar.port.journal.FollowUp;
import io.numa.avatar.port.journal.FollowUp.Item;
import io.numa.avatar.port.journal.FollowUp.State;
import io.numa.avatar.port.journal.FollowUpJournal;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.journal.WatchedChange;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.TaskId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The tests that every {@link FollowUpJournal} must pass. */
public abstract class FollowUpJournalContract {
  private static final Instant NOON = Instant.parse("2025-08-03T12:00:00Z");
  private static final CommitId FIRST = new CommitId("1".repeat(40));
  private static final CommitId SECOND = new CommitId("2".repeat(40));
  private static final String URL = "https://git.example.com/team/shop/pull/1";
  private static final String OTHER = "https://git.example.com/team/shop/pull/2";

  /** A journal that was empty when the test began; the same for all of one test. */
  protected abstract Journal journal();

  @Test
  void keepsTheChangeRequestsToLookAfterTheNewestFirst() {
    journal().watch(change(URL, "123"));
    journal().watch(change(OTHER, "añadir/登录"));

    assertThat(journal().watched()).containsExactly(change(OTHER, "añadir/登录"), change(URL, "123"));

    journal().unwatch(OTHER);
    journal().unwatch("https://git.example.com/unknown");

    assertThat(journal().watched()).containsExactly(change(URL, "123"));
  }

  @Test
  void keepsAKnownOneAsItIs() {
    journal().watch(change(URL, "123"));

    journal().watch(change(URL, "124"));

    assertThat(journal().watched()).containsExactly(change(URL, "123"));
  }

  @Test
  void keepsTheLatestOfEachFollowUp() {
    FollowUp first = followUp("123+1", URL);
    FollowUp second = followUp("123+2", URL);
    journal().note(first);
    journal().note(second);
    journal().note(followUp("124+1", OTHER));

    journal().note(first.done(SECOND));

    assertThat(journal().followUp(first.task())).contains(first.done(SECOND));
    assertThat(journal().followUps(URL)).containsExactly(first.done(SECOND), second);
    assertThat(journal().followUp(new TaskId("123"))).isEmpty();
  }

  @Test
  void forgetsWhatIsNotLookedAfterAnyMore() {
    journal().watch(change(URL, "123"));
    FollowUp open = followUp("123+1", URL);
    FollowUp neverBegun = followUp("123+2", URL).with(State.DROPPED);
    journal().note(open);
    journal().note(neverBegun);

    journal().unwatch(URL);

    assertThat(journal().followUps(URL)).containsExactly(open);
  }

  @Test
  void keepsWhatIsSettledWhileTheChangeRequestIsLookedAfter() {
    journal().watch(change(URL, "123"));
    FollowUp done = followUp("123+1", URL).done(SECOND);
    FollowUp other = followUp("124+1", OTHER).done(SECOND);
    journal().note(done);
    journal().note(other);

    journal().forget(ended(done.task()));
    journal().forget(ended(other.task()));

    assertThat(journal().followUp(done.task())).contains(done);
    assertThat(journal().followUp(other.task())).isEmpty();
  }

  private EndedTask ended(TaskId task) {
    var attempt = Attempt.of(task);
    journal().begin(attempt, 1);
    journal().settle(attempt.id(), NOON);
    return new EndedTask(task, NOON, List.of(attempt.id()));
  }

  private static WatchedChange change(String url, String task) {
    return new WatchedChange(
        url,
        new TaskId(task),
        new ApplicationId("7"),
        "Let people log in",
        RepositoryUrl.parse("https://git.example.com/team/shop.git"),
        new BranchName("dev"),
        new BranchName("main"));
  }

  private static FollowUp followUp(String task, String url) {
    return new FollowUp(
        new TaskId(task),
        change(url, "123"),
        2,
        List.of(new Item("comment-1", "thread-1"), new Item("checks-1111", "")),
        FIRST,
        "Review: Let people log in",
        "ada wrote: 早上好",
        State.OPEN,
        Optional.empty());
  }
}
