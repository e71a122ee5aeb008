package io.numa.avatar.run.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.journal.NoticeJournal;
import io.numa.avatar.port.notice.Notice;
import io.numa.avatar.port.notice.NoticeEvent;
import io.numa.avatar.run.InMemoryJournal;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.testkit.notice.ScriptedNoticeReceiver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NoticeLaneTest {
  private final InMemoryJournal journal = new InMemoryJournal();
  private final ScriptedNoticeReceiver receiver = new ScriptedNoticeReceiver("slack");
  private final NoticeLane lane = new NoticeLane(journal, receiver);

  @Test
  void sendsEachNoticeOnceInOrder() throws Exception {
    post("a");
    post("b");

    assertThat(lane.step()).isZero();
    assertThat(lane.step()).isZero();
    assertThat(lane.step()).isPositive();

    assertThat(keys()).containsExactly("a", "b");
    assertThat(lane.idle()).isTrue();
  }

  /** By the time that the lane wants to pause, and not by the machine's. */
  @Test
  void getsThroughAnOutageOfAnHourWithFewTriesAndLosesNothing() throws Exception {
    receiver.goAway();
    for (int i = 0; i < 20; i++) {
      post("n" + (char) ('a' + i));
    }
    Duration passed = Duration.ZERO;
    while (passed.compareTo(Duration.ofHours(1)) < 0) {
      Duration pause = lane.step();
      assertThat(pause).isBetween(Duration.ofMillis(1), Duration.ofMinutes(5));
      passed = passed.plus(pause);
    }
    assertThat(receiver.tries()).isLessThan(100);

    receiver.comeBack();
    while (lane.step().isZero()) {
      // There is more.
    }

    assertThat(keys()).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void pausesFromTheStartAgainAfterASuccess() throws Exception {
    receiver.goAway();
    post("a");
    for (int i = 0; i < 20; i++) {
      assertThat(lane.step()).isPositive();
    }
    receiver.comeBack();
    assertThat(lane.step()).isZero();

    receiver.goAway();
    post("b");

    assertThat(lane.step()).isLessThanOrEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void doesNotSendAgainWhatTheJournalCouldNotRecord() throws Exception {
    var failing = new FailingJournal();
    var other = new NoticeLane(failing, receiver);
    post("a");
    failing.broken = true;

    assertThat(other.step()).isPositive();
    assertThat(other.step()).isPositive();
    failing.broken = false;
    assertThat(other.step()).isZero();

    assertThat(keys()).containsExactly("a");
    assertThat(journal.nextNotice("slack")).isEmpty();
  }

  /** A journal that records no delivery for a while. */
  private final class FailingJournal implements NoticeJournal {
    private boolean broken;

    @Override
    public boolean post(Notice notice, String to) {
      return journal.post(notice, to);
    }

    @Override
    public Optional<Notice> nextNotice(String of) {
      return journal.nextNotice(of);
    }

    @Override
    public void refused(String key, String by) {
      journal.refused(key, by);
    }

    @Override
    public void delivered(String key, String to) {
      if (broken) {
        throw new PortException(FailureKind.UNAVAILABLE, "could not write the journal: it is full");
      }
      journal.delivered(key, to);
    }

    @Override
    public int forgetNotices(Instant before) {
      return journal.forgetNotices(before);
    }
  }

  private List<String> keys() {
    return receiver.taken().stream().map(Notice::key).toList();
  }

  private void post(String key) {
    journal.post(
        new Notice(
            key,
            Set.of(NoticeEvent.FAILED),
            Instant.EPOCH,
            "avatar",
            Optional.of("7"),
            "",
            "failed",
            "",
            List.of()),
        "slack");
    lane.posted();
  }
}
