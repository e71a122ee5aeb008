package io.numa.avatar.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.journal.OutcomeWord;
import io.numa.avatar.port.journal.TaskPage;
import io.numa.avatar.port.journal.TaskQuery;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig.JournalMode;

/** Pages and searches of many tasks read one index, and only the rows that they show. */
class HistoryOfManyTest {
  private static final int MANY = 10_000;
  private static final List<TaskQuery> QUERIES =
      List.of(
          TaskQuery.ALL,
          TaskQuery.ALL.withText("login 9"),
          TaskQuery.ALL.withOutcomes(Set.of(OutcomeWord.FAILED, OutcomeWord.UNAVAILABLE)),
          TaskQuery.ALL.withSince(Instant.ofEpochMilli(9_000)),
          TaskQuery.ALL.withAfter("t5000:task-5000"));

  @TempDir Path directory;

  @BeforeEach
  void fill() throws SQLException {
    SqliteJournal.open(directory).close();
    try (var database = database()) {
      database.write(
          it ->
              it.update(
                  """
                  WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < ?)
                  INSERT INTO task (id, began, title, branch, outcome, ended, result, description)
                  SELECT 'task-' || n, n, 'login ' || n, 'dev-' || n,
                    CASE n % 3 WHEN 0 THEN 'failed' ELSE 'done' END, n, NULL, NULL
                  FROM many""",
                  MANY));
    }
  }

  @Test
  void readsTheNewestAndNoOthers() {
    try (var journal = SqliteJournal.open(directory)) {
      TaskPage first = journal.page(TaskQuery.ALL.withLimit(200));
      assertThat(first.tasks()).hasSize(200);
      assertThat(first.tasks().get(0).title()).contains("login " + MANY);
      assertThat(journal.page(TaskQuery.ALL.withText("LOGIN 9999")).tasks()).hasSize(1);

      int pages = 1;
      for (TaskPage page = first; page.next().isPresent(); pages++) {
        page = journal.page(TaskQuery.ALL.withLimit(200).withAfter(page.next().get()));
      }
      assertThat(pages).isEqualTo(MANY / 200);
    }
  }

  @Test
  void neverScansATableAndNeverSorts() throws Exception {
    try (var database = database()) {
      for (TaskQuery query : QUERIES) {
        List<String> plan =
            database.read(
                it ->
                    it.query(
                        "EXPLAIN QUERY PLAN " + Pages.sql(query),
                        row -> row.getString("detail"),
                        Long.MAX_VALUE,
                        "",
                        0,
                        "%x%",
                        "%x%",
                        "%x%",
                        51));

        assertThat(plan).first().asString().startsWith("SEARCH task USING INDEX task_by_time");
        assertThat(plan).noneMatch(step -> step.startsWith("SCAN") || step.contains("TEMP B-TREE"));
      }
    }
  }

  private Database database() throws SQLException {
    return Database.open(directory.resolve("journal.db"), JournalMode.WAL, Duration.ZERO);
  }
}
