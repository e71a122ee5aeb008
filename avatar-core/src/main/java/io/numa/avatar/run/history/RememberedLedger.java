package io.numa.avatar.run.history;

import static java.util.Comparator.comparing;

import io.numa.avatar.port.journal.LedgerJournal;
import io.numa.avatar.port.money.LedgerEntry;
import io.numa.avatar.port.money.Payer;
import io.numa.avatar.task.agent.AgentUsage;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** What the agents of a journal in memory have spent. Not thread-safe. */
public final class RememberedLedger {
  private static final Comparator<Key> ORDER =
      comparing(Key::day)
          .thenComparing(key -> key.payer().agent())
          .thenComparing(key -> key.payer().repository());

  private final TreeMap<Key, AgentUsage> entries = new TreeMap<>(ORDER);

  private record Key(LocalDate day, Payer payer) {}

  public void add(LedgerEntry more) {
    entries.merge(new Key(more.day(), more.payer()), more.usage(), AgentUsage::plus);
    LocalDate oldest = more.day().minusDays(LedgerJournal.DAYS_KEPT);
    entries.keySet().removeIf(key -> key.day().isBefore(oldest));
  }

  /** The entries of a day and later ones. */
  public List<LedgerEntry> from(LocalDate first) {
    return entries.entrySet().stream()
        .filter(entry -> !entry.getKey().day().isBefore(first))
        .map(
            entry ->
                new LedgerEntry(entry.getKey().day(), entry.getKey().payer(), entry.getValue()))
        .toList();
  }
}
