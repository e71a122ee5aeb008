package io.numa.avatar.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.sql.SQLException;
import java.util.List;

/**
 * The tables, as migration steps: step <i>n</i> turns version <i>n</i>-1 into version <i>n</i>.
 * Never change a released step; add another one.
 *
 * <p>The version and the program are stored in SQLite's own fields ({@code user_version} and {@code
 * application_id}), and change in the same transaction as the tables.
 */
final class Schema {
  /** "Numa". */
  static final int APPLICATION = 0x4e756d61;

  private static final List<String> MESSAGES =
      List.of(
          "PRAGMA application_id = " + APPLICATION,
          """
          CREATE TABLE message (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            task TEXT,
            taken_in INTEGER NOT NULL,
            waiting INTEGER NOT NULL,
            reason TEXT
          )""",
          "CREATE INDEX waiting_message ON message (task) WHERE waiting");

  private static final List<String> ATTEMPTS =
      List.of(
          """
          CREATE TABLE attempt (
            place INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            task TEXT NOT NULL UNIQUE,
            number INTEGER NOT NULL,
            lease TEXT,
            claimed INTEGER NOT NULL DEFAULT 0,
            push TEXT,
            pushed INTEGER NOT NULL DEFAULT 0,
            acknowledged INTEGER NOT NULL DEFAULT 0
          )""",
          """
          CREATE TABLE report (
            attempt TEXT NOT NULL REFERENCES attempt (id) ON DELETE CASCADE,
            sequence INTEGER NOT NULL,
            log_end INTEGER NOT NULL,
            final INTEGER NOT NULL,
            told INTEGER NOT NULL DEFAULT 0,
            document TEXT NOT NULL,
            PRIMARY KEY (attempt, sequence)
          ) WITHOUT ROWID""",
          "CREATE UNIQUE INDEX outcome ON report (attempt) WHERE final");

  /** A message is known by its id and its task, and no longer by its id alone. */
  private static final List<String> MESSAGES_BY_TASK =
      List.of(
          "ALTER TABLE message RENAME TO message_by_id",
          "DROP INDEX waiting_message",
          """
          CREATE TABLE message (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL,
            task TEXT,
            taken_in INTEGER NOT NULL,
            waiting INTEGER NOT NULL,
            reason TEXT
          )""",
          """
          INSERT INTO message (number, id, task, taken_in, waiting, reason)
          SELECT number, id, task, taken_in, waiting, reason FROM message_by_id""",
          "DROP TABLE message_by_id",
          "CREATE UNIQUE INDEX known_message ON message (id, ifnull(task, ''))",
          "CREATE INDEX waiting_message ON message (task) WHERE waiting");

  private static final List<String> HISTORY =
      List.of(
          """
          CREATE TABLE ended (
            attempt TEXT PRIMARY KEY,
            task TEXT NOT NULL,
            at INTEGER NOT NULL
          ) WITHOUT ROWID""",
          "CREATE INDEX ended_task ON ended (task, at)");

  /** A record belongs to the task and not to the attempt, whose row goes when the next begins. */
  private static final List<String> SPENDING =
      List.of(
          """
          CREATE TABLE spending (
            number INTEGER PRIMARY KEY,
            task TEXT NOT NULL,
            attempt TEXT NOT NULL,
            step INTEGER NOT NULL,
            agent TEXT NOT NULL,
            document TEXT NOT NULL,
            UNIQUE (attempt, step, agent)
          )""",
          "CREATE INDEX task_spending ON spending (task)");

  /**
   * What tasks were and how they ended, to show it, and what the operator has ordered. Of what
   * ended before, only the time is known. The index has all columns that a search looks at, so that
   * it need not read the rows.
   */
  private static final List<String> STORIES =
      List.of(
          """
          CREATE TABLE task (
            id TEXT PRIMARY KEY,
            began INTEGER NOT NULL,
            title TEXT NOT NULL,
            branch TEXT NOT NULL,
            outcome TEXT NOT NULL,
            ended INTEGER,
            result TEXT,
            description TEXT
          )""",
          "CREATE INDEX task_by_time ON task (began, id, outcome, title, branch)",
          "ALTER TABLE message ADD COLUMN created INTEGER",
          "ALTER TABLE ended ADD COLUMN number INTEGER NOT NULL DEFAULT 0",
          "ALTER TABLE ended ADD COLUMN shown INTEGER NOT NULL DEFAULT TRUE",
          "ALTER TABLE ended ADD COLUMN document TEXT",
          """
          INSERT INTO task (id, began, title, branch, outcome, ended)
          SELECT task, max(at), '', '', 'unknown', max(at) FROM ended
          WHERE task NOT IN (SELECT task FROM attempt) GROUP BY task""",
          """
          INSERT INTO task (id, began, title, branch, outcome)
          SELECT task, coalesce((SELECT 1000 * strftime('%s', json_extract(document, '$.startedAt'))
            FROM report WHERE attempt = attempt.id LIMIT 1), 0), '', '', 'running'
          FROM attempt WHERE claimed""",
          """
          UPDATE task SET (outcome, ended) = (
            SELECT CASE json_extract(document, '$.state') WHEN 'DONE' THEN 'done'
              WHEN 'CANCELLED' THEN 'cancelled' ELSE 'failed' END,
              1000 * strftime('%s', json_extract(document, '$.finishedAt'))
            FROM attempt JOIN report ON attempt = attempt.id
            WHERE final AND attempt.task = task.id)
          WHERE id IN (SELECT task FROM attempt JOIN report ON attempt = attempt.id WHERE final)""",
          "CREATE TABLE pause (one INTEGER PRIMARY KEY, since INTEGER NOT NULL)",
          "CREATE TABLE cancelled (task TEXT PRIMARY KEY) WITHOUT ROWID");

  /** What people tell the agents of tasks, and the attempts whose agents have it. */
  private static final List<String> STEERING =
      List.of(
          """
          CREATE TABLE steering (
            number INTEGER PRIMARY KEY,
            task TEXT NOT NULL,
            id TEXT NOT NULL,
            author TEXT NOT NULL,
            text TEXT NOT NULL,
            attempt TEXT,
            UNIQUE (task, id)
          )""");

  /** What agents have spent, which stays when their tasks are forgotten. */
  private static final List<String> LEDGER =
      List.of(
          """
          CREATE TABLE ledger (
            day TEXT NOT NULL,
            agent TEXT NOT NULL,
            repository TEXT NOT NULL,
            document TEXT NOT NULL,
            PRIMARY KEY (day, agent, repository)
          ) WITHOUT ROWID""");

  /** The change requests that the avatar looks after, and the tasks that it gives itself. */
  private static final List<String> FOLLOW_UPS =
      List.of(
          """
          CREATE TABLE watched_change (
            number INTEGER PRIMARY KEY,
            url TEXT NOT NULL UNIQUE,
            document TEXT NOT NULL
          )""",
          """
          CREATE TABLE follow_up (
            number INTEGER PRIMARY KEY,
            task TEXT NOT NULL UNIQUE,
            url TEXT NOT NULL,
            state TEXT NOT NULL,
            document TEXT NOT NULL
          )""",
          "CREATE INDEX follow_up_by_url ON follow_up (url, number)");

  /** What receivers are told; one that has a notice keeps its row, so that it gets it once. */
  private static final List<String> NOTICES =
      List.of(
          """
          CREATE TABLE notice (
            number INTEGER PRIMARY KEY,
            key TEXT NOT NULL,
            receiver TEXT NOT NULL,
            at INTEGER NOT NULL,
            tries INTEGER NOT NULL DEFAULT 0,
            delivered INTEGER NOT NULL DEFAULT FALSE,
            document TEXT NOT NULL,
            UNIQUE (key, receiver)
          )""",
          "CREATE INDEX notice_to_send ON notice (receiver, number) WHERE NOT delivered");

  /** The steps that this version of the avatar knows. */
  static final List<List<String>> STEPS =
      List.of(
          MESSAGES,
          ATTEMPTS,
          MESSAGES_BY_TASK,
          HISTORY,
          SPENDING,
          STORIES,
          STEERING,
          LEDGER,
          FOLLOW_UPS,
          NOTICES);

  private Schema() {}

  /** Runs the steps that a database lacks, each in a separate transaction. */
  static void migrate(Database database, List<List<String>> steps) {
    for (int have = database.read(Schema::version); have < steps.size(); have++) {
      int next = have + 1;
      List<String> statements = steps.get(have);
      database.write(
          it -> {
            for (String statement : statements) {
              it.update(statement);
            }
            return it.update("PRAGMA user_version = " + next);
          });
    }
  }

  static int version(Database database) throws SQLException, JsonProcessingException {
    return number(database, "PRAGMA user_version");
  }

  static int application(Database database) throws SQLException, JsonProcessingException {
    return number(database, "PRAGMA application_id");
  }

  private static int number(Database database, String pragma)
      throws SQLException, JsonProcessingException {
    return database.query(pragma, row -> row.getInt(1)).get(0);
  }
}
