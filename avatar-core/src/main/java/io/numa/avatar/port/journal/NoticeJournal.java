package io.numa.avatar.port.journal;

import io.numa.avatar.port.notice.Notice;
import java.time.Instant;
import java.util.Optional;

/**
 * The part of a {@link Journal} that keeps the notices for each receiver until it has them. The
 * records survive the end of the process, but need not survive a loss of power.
 */
public interface NoticeJournal {
  /** How often a notice is tried before the ones behind it are. */
  int TRIES_IN_ORDER = 10;

  /**
   * Adds a notice for a receiver, unless it was added before: a notice with the same key is for the
   * same receiver once.
   *
   * @param receiver its id
   * @return whether it was added
   */
  boolean post(Notice notice, String receiver);

  /**
   * The notice that the receiver is to get next: the oldest one, but those that were tried {@link
   * #TRIES_IN_ORDER} times come behind the others.
   */
  Optional<Notice> nextNotice(String receiver);

  /** Records that the receiver did not accept the notice with this key. */
  void refused(String key, String receiver);

  /** Records that the receiver has the notice with this key. */
  void delivered(String key, String receiver);

  /**
   * Forgets notices from before a time, delivered or not.
   *
   * @return how many of them were not delivered
   */
  int forgetNotices(Instant before);
}
