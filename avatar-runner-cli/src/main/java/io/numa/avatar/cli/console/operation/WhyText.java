package io.numa.avatar.cli.console.operation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Tells in a sentence what an avatar waits for, and since when. */
public final class WhyText {
  private WhyText() {}

  /** The text of a document with {@code why}. */
  public static String of(JsonNode document, Sheet sheet) {
    var lines = new Lines(sheet);
    add(new Fields(document), lines, sheet);
    return lines.toString();
  }

  static void add(Fields document, Lines lines, Sheet sheet) {
    List<String> reasons = document.objects("why").map(why -> reason(why, sheet)).toList();
    if (reasons.isEmpty()) {
      lines.line("It takes the next task as soon as one is announced.");
    } else if (reasons.size() == 1) {
      lines.wrapped("", "It takes no task: " + reasons.get(0));
    } else {
      lines.line("It takes no task, for these reasons:");
      reasons.forEach(reason -> lines.wrapped("- ", reason));
    }
  }

  private static String reason(Fields why, Sheet sheet) {
    String since =
        why.time("since")
            .map(time -> ", since " + sheet.time(time) + " (" + sheet.since(time) + ")")
            .orElse("");
    String until =
        why.time("until")
            .map(time -> ", until " + sheet.time(time) + " (in " + sheet.until(time) + ")")
            .orElse("");
    return why.word("text") + since + until + ".";
  }
}
