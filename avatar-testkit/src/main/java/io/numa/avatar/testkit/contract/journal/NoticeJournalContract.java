package io.numa.avatar.testkit.contract.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.journal.NoticeJournal;
import io.numa.avatar.port.notice.Notice;
import io.numa.avatar.port.notice.NoticeEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The tests that every {@link NoticeJournal} must pass. */
public abstract class NoticeJournalContract {
  private static final Instant NOON = Instant.parse("2025-08-03T12:00:00.123Z");
  private static final String SLACK = "slack";
  private static final String MAIL = "mail";

  /** A journal that was empty when the test began; the same for all of one test. */
  protected abstract Journal journal();

  @Test
  void hasNothingToSendAtFirst() {
    assertThat(journal().nextNotice(SLACK)).isEmpty();
  }

  @Test
  void givesTheOldestNoticeOfAReceiverUntilItIsDelivered() {
    assertThat(journal().post(notice("a"), SLACK)).isTrue();
    assertThat(journal().post(notice("b"), SLACK)).isTrue();
    assertThat(journal().post(notice("a"), MAIL)).isTrue();

    assertThat(journal().nextNotice(SLACK)).contains(notice("a"));
    journal().refused("a", SLACK);
    assertThat(journal().nextNotice(SLACK)).contains(notice("a"));

    journal().delivered("a", SLACK);
    assertThat(journal().nextNotice(SLACK)).contains(notice("b"));
    assertThat(journal().nextNotice(MAIL)).contains(notice("a"));
    journal().delivered("b", SLACK);
    assertThat(journal().nextNotice(SLACK)).isEmpty();
  }

  @Test
  void takesANoticeForAReceiverOnce() {
    journal().post(notice("a"), SLACK);
    assertThat(journal().post(notice("a"), SLACK)).isFalse();

    journal().delivered("a", SLACK);

    assertThat(journal().post(notice("a"), SLACK)).isFalse();
    assertThat(journal().nextNotice(SLACK)).isEmpty();
  }

  @Test
  void triesOthersBeforeOneThatIsRefusedAgainAndAgain() {
    journal().post(notice("a"), SLACK);
    journal().post(notice("b"), SLACK);
    for (int i = 0; i < NoticeJournal.TRIES_IN_ORDER; i++) {
      assertThat(journal().nextNotice(SLACK)).contains(notice("a"));
      journal().refused("a", SLACK);
    }

    assertThat(journal().nextNotice(SLACK)).contains(notice("b"));
    journal().delivered("b", SLACK);
    assertThat(journal().nextNotice(SLACK)).contains(notice("a"));
  }

  @Test
  void forgetsOldNoticesAndCountsThoseThatWereNotDelivered() {
    journal().post(notice("a"), SLACK);
    journal().post(notice("a"), MAIL);
    journal().delivered("a", SLACK);

    assertThat(journal().forgetNotices(NOON)).isZero();
    assertThat(journal().nextNotice(MAIL)).isPresent();
    assertThat(journal().forgetNotices(NOON.plusMillis(1))).isEqualTo(1);
    assertThat(journal().nextNotice(MAIL)).isEmpty();
  }

  private static Notice notice(String key) {
    return new Notice(
        key,
        Set.of(NoticeEvent.FAILED, NoticeEvent.DENIED),
        NOON,
        "Avatar 登录",
        Optional.of("7"),
        "Añadir 🚀",
        "failed at test",
        "two\nlines",
        List.of(new Notice.Link("change request", "https://git.example.com/7")));
  }
}
