package io.numa.avatar.run.history;

import static java.util.Comparator.comparingInt;

import io.numa.avatar.port.journal.NoticeJournal;
import io.numa.avatar.port.notice.Notice;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The notices of a journal in memory. Not thread-safe. */
public final class RememberedNotices {
  private final Map<Key, Entry> entries = new LinkedHashMap<>();

  private record Key(String notice, String receiver) {}

  private record Entry(Notice notice, int tries, boolean delivered) {
    int round() {
      return tries / NoticeJournal.TRIES_IN_ORDER;
    }
  }

  public boolean post(Notice notice, String receiver) {
    return entries.putIfAbsent(new Key(notice.key(), receiver), new Entry(notice, 0, false))
        == null;
  }

  public Optional<Notice> next(String receiver) {
    return entries.entrySet().stream()
        .filter(entry -> entry.getKey().receiver().equals(receiver))
        .map(Map.Entry::getValue)
        .filter(entry -> !entry.delivered())
        .min(comparingInt(Entry::round))
        .map(Entry::notice);
  }

  public void refused(String key, String receiver) {
    entries.computeIfPresent(
        new Key(key, receiver),
        (id, old) -> new Entry(old.notice(), old.tries() + 1, old.delivered()));
  }

  public void delivered(String key, String receiver) {
    entries.computeIfPresent(
        new Key(key, receiver), (id, old) -> new Entry(old.notice(), old.tries(), true));
  }

  /** Forgets those from before a time, and counts those that were not delivered. */
  public int forget(Instant before) {
    int kept = unsent();
    entries.values().removeIf(entry -> entry.notice().at().isBefore(before));
    return kept - unsent();
  }

  private int unsent() {
    return (int) entries.values().stream().filter(entry -> !entry.delivered()).count();
  }
}
