package io.numa.avatar.operation;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.reducing;

import io.numa.avatar.port.money.LedgerEntry;
import io.numa.avatar.task.agent.AgentUsage;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * What agents have spent, added up.
 *
 * @param from the first day that counts
 * @param lines one for each day, agent or repository: the newest day first, and what cost most
 *     first
 */
public record SpendingReport(By by, LocalDate from, List<Line> lines) {
  /** What is added up in a line. */
  public enum By {
    DAY,
    AGENT,
    REPOSITORY;

    /** The word in lower case, as commands and documents spell it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    private String of(LedgerEntry entry) {
      return switch (this) {
        case DAY -> entry.day().toString();
        case AGENT -> entry.payer().agent();
        case REPOSITORY -> entry.payer().repository();
      };
    }
  }

  /**
   * A line.
   *
   * @param name the day, as in ISO 8601, the agent or the repository; empty where an agent worked
   *     on no repository
   */
  public record Line(String name, AgentUsage usage) {}

  public SpendingReport {
    lines = List.copyOf(lines);
  }

  /** Adds up entries of {@code from} and later days. */
  static SpendingReport of(By by, LocalDate from, List<LedgerEntry> entries) {
    TreeMap<String, AgentUsage> sums =
        entries.stream()
            .collect(
                groupingBy(
                    by::of,
                    TreeMap::new,
                    mapping(LedgerEntry::usage, reducing(AgentUsage.NONE, AgentUsage::plus))));
    var lines =
        sums.descendingMap().entrySet().stream().map(sum -> new Line(sum.getKey(), sum.getValue()));
    return new SpendingReport(
        by,
        from,
        by == By.DAY
            ? lines.toList()
            : lines
                .sorted((one, other) -> other.usage().cost().compareTo(one.usage().cost()))
                .toList());
  }

  /** All lines together. */
  public AgentUsage total() {
    return lines.stream().map(Line::usage).reduce(AgentUsage.NONE, AgentUsage::plus);
  }
}
