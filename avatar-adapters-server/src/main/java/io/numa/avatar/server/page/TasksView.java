package io.numa.avatar.server.page;

import io.numa.avatar.port.journal.OutcomeWord;
import io.numa.avatar.port.journal.TaskPage;
import io.numa.avatar.port.journal.TaskQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A list of tasks.
 *
 * @param first the address of its first page; empty on that page
 * @param more the address of the next page; empty on the last one
 */
record TasksView(
    List<Choice> outcomes,
    boolean any,
    List<Row> rows,
    Optional<String> first,
    Optional<String> more) {
  private static final List<OutcomeWord> OUTCOMES =
      List.of(
          OutcomeWord.RUNNING,
          OutcomeWord.WAITING,
          OutcomeWord.DONE,
          OutcomeWord.FAILED,
          OutcomeWord.UNAVAILABLE,
          OutcomeWord.CANCELLED);

  /** One of several lists. */
  record Choice(String name, String href, boolean chosen) {}

  static TasksView of(TaskQuery query, TaskPage page, Words words) {
    List<Row> rows = page.tasks().stream().map(line -> Row.of(line, words)).toList();
    String wanted =
        query.outcomes().stream().map(OutcomeWord::word).sorted().collect(Collectors.joining(","));
    String here = address(query.text(), wanted, Optional.empty());
    return new TasksView(
        choices(query, wanted, words),
        !rows.isEmpty(),
        rows,
        query.after().map(after -> here),
        page.next().map(next -> address(query.text(), wanted, Optional.of(next))));
  }

  private static List<Choice> choices(TaskQuery query, String wanted, Words words) {
    var choices = new ArrayList<Choice>();
    choices.add(choice(query, words.of("any_outcome"), "", wanted));
    OUTCOMES.forEach(
        outcome -> choices.add(choice(query, words.outcome(outcome), outcome.word(), wanted)));
    return choices;
  }

  private static Choice choice(TaskQuery query, String name, String outcome, String wanted) {
    return new Choice(
        name, address(query.text(), outcome, Optional.empty()), outcome.equals(wanted));
  }

  private static String address(Optional<String> text, String outcome, Optional<String> after) {
    var parts = new ArrayList<String>();
    text.ifPresent(wanted -> parts.add("text=" + Row.encoded(wanted)));
    if (!outcome.isEmpty()) {
      parts.add("outcome=" + outcome);
    }
    after.ifPresent(cursor -> parts.add("after=" + Row.encoded(cursor)));
    return parts.isEmpty() ? "/tasks" : "/tasks?" + String.join("&", parts);
  }
}
