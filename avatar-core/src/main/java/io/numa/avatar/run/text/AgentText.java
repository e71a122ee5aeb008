package io.numa.avatar.run.text;

import io.numa.avatar.task.agent.AgentReport;
import io.numa.avatar.task.agent.AgentUsage;
import io.numa.avatar.time.Durations;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Describes the work of a coding agent in one line. */
public final class AgentText {
  private static final String[] UNITS = {"", "k", "M", "G"};
  private static final int STEP = 1000;
  private static final int CENTS = 2;
  private static final int SMALL_PLACES = 4;

  private AgentText() {}

  /**
   * Such as {@code qwen 0.15.10 (qwen3-coder-plus): 7 turns, 12 tools, 4 min 05 s, 34.5k tokens in
   * (28.0k cached), 2.1k out, cost 0.12, 1 repair}. Tokens are left out if no gateway has counted
   * them.
   */
  public static String of(AgentReport report) {
    var parts = new ArrayList<>(work(report.usage()));
    parts.add(Durations.text(report.time()));
    AgentUsage usage = report.usage();
    if (usage.tokens() > 0) {
      String cached =
          usage.cachedTokens() > 0 ? " (" + count(usage.cachedTokens()) + " cached)" : "";
      parts.add(count(usage.inputTokens()) + " tokens in" + cached);
      parts.add(count(usage.outputTokens()) + " out");
    }
    if (usage.cost().signum() > 0) {
      parts.add("cost " + cost(usage.cost()));
    }
    if (report.repairs() > 0) {
      parts.add(number(report.repairs(), "repair"));
    }
    return report.name()
        + report.version().map(version -> " " + version).orElse("")
        + report.model().map(model -> " (" + model + ")").orElse("")
        + ": "
        + String.join(", ", parts);
  }

  /** Such as {@code 7 turns, 36.6k tokens, cost 0.12}, for a line that is short of space. */
  public static String brief(AgentUsage usage) {
    var parts = new ArrayList<>(work(usage).subList(0, 1));
    if (usage.tokens() > 0) {
      parts.add(count(usage.tokens()) + " tokens");
    }
    if (usage.cost().signum() > 0) {
      parts.add("cost " + cost(usage.cost()));
    }
    return String.join(", ", parts);
  }

  private static List<String> work(AgentUsage usage) {
    return List.of(number(usage.turns(), "turn"), number(usage.toolCalls(), "tool"));
  }

  private static String number(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  /** Such as {@code 34.5k}. */
  public static String count(long tokens) {
    double value = tokens;
    int unit = 0;
    // From 999.95 on, a value is rounded to four digits.
    while (value >= (unit == 0 ? STEP : STEP - 0.05) && unit < UNITS.length - 1) {
      value /= STEP;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f%s" : "%.1f%s", value, UNITS[unit]);
  }

  /** Two decimals; four for less than a tenth. */
  public static String cost(BigDecimal amount) {
    boolean small = amount.compareTo(new BigDecimal("0.1")) < 0;
    return amount.setScale(small ? SMALL_PLACES : CENTS, RoundingMode.UP).toPlainString();
  }
}
