package io.numa.avatar.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.numa.avatar.port.journal.OutcomeWord;
import io.numa.avatar.port.journal.TaskLine;
import io.numa.avatar.port.journal.TaskPage;
import io.numa.avatar.port.journal.TaskQuery;
import io.numa.avatar.task.TaskId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads a page of tasks: first those that wait, then those that have begun, each without looking at
 * the pages before. One index has all that a search looks at.
 */
final class Pages {
  private static final Pattern CURSOR =
      Pattern.compile("w(\\d{1,18})|t(\\d{1,18}):(.+)", Pattern.DOTALL);

  private final TaskQuery query;
  private final List<Found> found = new ArrayList<>();

  /** A task, and the place of the page that follows it. */
  private record Found(TaskLine line, String cursor) {}

  private Pages(TaskQuery query) {
    this.query = query;
  }

  static TaskPage read(Database database, TaskQuery query)
      throws SQLException, JsonProcessingException {
    return new Pages(query).read(database);
  }

  private TaskPage read(Database database) throws SQLException, JsonProcessingException {
    Optional<Matcher> after = query.after().map(Pages::cursor);
    boolean begun = after.isPresent() && after.get().group(1) == null;
    if (!begun && query.wants(OutcomeWord.WAITING) && query.since().isEmpty()) {
      readWaiting(database, after.map(at -> Long.parseLong(at.group(1))).orElse(Long.MAX_VALUE));
    }
    if (found.size() <= query.limit()) {
      readBegun(database, after.filter(at -> begun));
    }
    List<TaskLine> lines = found.stream().limit(query.limit()).map(Found::line).toList();
    return new TaskPage(
        lines,
        found.size() > query.limit()
            ? Optional.of(found.get(query.limit() - 1).cursor())
            : Optional.empty());
  }

  private static Matcher cursor(String after) {
    Matcher cursor = CURSOR.matcher(after);
    if (!cursor.matches()) {
      throw new IllegalArgumentException("not a page of this journal: '" + after + "'");
    }
    return cursor;
  }

  private void readWaiting(Database database, long before)
      throws SQLException, JsonProcessingException {
    found.addAll(
        database.query(
            """
            SELECT task, max(number) AS place FROM message
            WHERE waiting AND task LIKE ? ESCAPE '\\'
            GROUP BY task HAVING place < ? ORDER BY place DESC LIMIT ?""",
            row -> new Found(TaskLine.waiting(new TaskId(row.getString(1))), "w" + row.getLong(2)),
            pattern(),
            before,
            missing()));
  }

  private void readBegun(Database database, Optional<Matcher> after)
      throws SQLException, JsonProcessingException {
    String like = pattern();
    found.addAll(
        database.query(
            sql(query),
            row ->
                new Found(Tasks.line(row), "t" + row.getLong("began") + ":" + row.getString("id")),
            after.map(at -> Long.parseLong(at.group(2))).orElse(Long.MAX_VALUE),
            after.map(at -> at.group(3)).orElse(""),
            query.since().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE),
            like,
            like,
            like,
            missing()));
  }

  /** The statement for the tasks that have begun. The words are constants of this program. */
  static String sql(TaskQuery query) {
    String words =
        query.outcomes().stream()
            .map(word -> "'" + word.word() + "'")
            .sorted()
            .collect(Collectors.joining(", "));
    return "SELECT "
        + Tasks.LINE
        + " FROM task WHERE (began, id) < (?, ?) AND began >= ?"
        + " AND (id LIKE ? ESCAPE '\\' OR title LIKE ? ESCAPE '\\' OR branch LIKE ? ESCAPE '\\')"
        + (words.isEmpty() ? "" : " AND outcome IN (" + words + ")")
        + " ORDER BY began DESC, id DESC LIMIT ?";
  }

  private int missing() {
    return query.limit() + 1 - found.size();
  }

  /** The searched text as a pattern of LIKE, in which nothing has a special meaning. */
  private String pattern() {
    return "%" + query.text().orElse("").replaceAll("[\\\\%_]", "\\\\$0") + "%";
  }
}
