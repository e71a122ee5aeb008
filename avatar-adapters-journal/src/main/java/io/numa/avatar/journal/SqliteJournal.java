package io.numa.avatar.journal;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.journal.AgentSpending;
import io.numa.avatar.port.journal.EndedTask;
import io.numa.avatar.port.journal.FollowUp;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.journal.JournaledAttempt;
import io.numa.avatar.port.journal.OpenWork;
import io.numa.avatar.port.journal.SteeringRecord;
import io.numa.avatar.port.journal.TaskDescription;
import io.numa.avatar.port.journal.TaskPage;
import io.numa.avatar.port.journal.TaskQuery;
import io.numa.avatar.port.journal.TaskRecord;
import io.numa.avatar.port.journal.WatchedChange;
import io.numa.avatar.port.money.LedgerEntry;
import io.numa.avatar.port.notice.Notice;
import io.numa.avatar.port.repository.PendingPush;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskMessage;
import io.numa.avatar.task.agent.SteeringMessage;
import io.numa.avatar.time.Shared;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a journal in a database file, {@code journal.db} in the state directory. A record survives
 * the end of the process at any moment, and a loss of power if the disk does not lie about its
 * syncs. Statuses do not wait for the disk before {@link #sync}. Acknowledgements of the backend
 * and the remote do not at all, as the avatar can ask for them again.
 *
 * <p>One journal of one process at a time uses a state directory. Safe for use by several threads,
 * of which one writes at a time. Not for network drives: SQLite cannot rely on their locks and
 * shared memory.
 *
 * <p>Over 300 lines because it implements all parts of the port; their statements are elsewhere.
 */
public final class SqliteJournal implements Journal {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Of how many tasks the records are kept for all who watch them, until this journal writes. */
  private static final int WATCHED = 4;

  private static final Duration ALWAYS = Duration.ofDays(1);

  private final StateLock directory;
  private final Database database;

  /** For what is shown to people, so that it holds up no task. */
  private final LazyReader reader;

  private final Shared<TaskId, Optional<TaskRecord>> records;
  private final Shared<Class<OpenWork>, OpenWork> work;

  private SqliteJournal(StateLock directory, Database database) {
    this.directory = directory;
    this.database = database;
    this.reader = new LazyReader(database::reader);
    this.records = new Shared<>(WATCHED, ALWAYS, database::written);
    this.work = new Shared<>(1, ALWAYS, database::written);
  }

  /** Loads what {@link #open} needs, which a caller can do on another thread before it. */
  public static void prepare() {
    NativeLibrary.find();
    Database.prepare();
  }

  /**
   * Locks a state directory, and opens the journal in it. Creates both if they are missing.
   * Migrates a journal of an older version.
   *
   * @throws StateException if another avatar uses the directory, the directory cannot be written,
   *     or the file in it is damaged, of a newer version, or not a journal; the file stays
   *     unchanged then
   */
  public static SqliteJournal open(Path stateDirectory) {
    return open(stateDirectory, PATIENCE);
  }

  /**
   * @param patience how long a call waits for another program that has locked the file
   */
  static SqliteJournal open(Path stateDirectory, Duration patience) {
    StateLock lock = StateLock.take(stateDirectory);
    boolean done = false;
    try {
      var journal = new SqliteJournal(lock, JournalFile.open(lock.directory(), patience));
      done = true;
      return journal;
    } finally {
      if (!done) {
        lock.close();
      }
    }
  }

  /** How many bytes the journal in a state directory takes. */
  public static long size(Path stateDirectory) {
    return JournalFile.size(stateDirectory);
  }

  @Override
  public boolean durable() {
    return true;
  }

  @Override
  public List<TaskMessage> accept(List<TaskMessage> messages) {
    return database.write(
        it -> {
          var fresh = new ArrayList<TaskMessage>();
          for (TaskMessage message : messages) {
            if (accept(it, message)) {
              fresh.add(message);
            }
          }
          return fresh;
        });
  }

  private static boolean accept(Database database, TaskMessage message) throws SQLException {
    @Nullable String task = task(message);
    return database.update(
            """
            INSERT INTO message (id, task, taken_in, waiting, created) VALUES (?, ?, TRUE, ?, ?)
            ON CONFLICT (id, ifnull(task, '')) DO NOTHING""",
            message.id().value(),
            task,
            task != null,
            created(message))
        > 0;
  }

  private static @Nullable Long created(TaskMessage message) {
    return message instanceof TaskMessage.Announcement announcement
        ? announcement.createdAt().map(Instant::toEpochMilli).orElse(null)
        : null;
  }

  @Override
  public boolean knows(TaskMessage message) {
    return !database
        .read(
            it ->
                it.query(
                    "SELECT number FROM message WHERE id = ? AND ifnull(task, '') = ?",
                    row -> row.getLong(1),
                    message.id().value(),
                    Objects.requireNonNullElse(task(message), "")))
        .isEmpty();
  }

  @Override
  public Optional<MessageId> lastMessage() {
    return database
        .read(
            it ->
                it.query(
                    "SELECT id FROM message WHERE taken_in ORDER BY number DESC LIMIT 1",
                    row -> new MessageId(row.getString(1))))
        .stream()
        .findFirst();
  }

  @Override
  public List<TaskMessage.Announcement> waiting() {
    return database.read(
        it ->
            it.query(
                "SELECT id, task, created FROM message WHERE waiting ORDER BY number",
                row ->
                    new TaskMessage.Announcement(
                        new MessageId(row.getString(1)),
                        new TaskId(row.getString(2)),
                        Tasks.time(row, "created"))));
  }

  /**
   * A message that was not accepted before gets a number, but never counts as the last accepted
   * one.
   */
  @Override
  public void reject(TaskMessage message, String reason) {
    database.write(it -> reject(it, message, reason));
  }

  private static int reject(Database database, TaskMessage message, String reason)
      throws SQLException {
    @Nullable String task = task(message);
    if (task != null) {
      Orders.forget(database, task);
    }
    return database.update(
        """
        INSERT INTO message (id, task, taken_in, waiting, reason)
        VALUES (?, ?, FALSE, FALSE, ?)
        ON CONFLICT (id, ifnull(task, ''))
        DO UPDATE SET waiting = FALSE, reason = excluded.reason""",
        message.id().value(),
        task,
        reason);
  }

  private static @Nullable String task(TaskMessage message) {
    return message instanceof TaskMessage.Announcement announcement
        ? announcement.task().value()
        : null;
  }

  @Override
  public void startOver() {
    database.write(
        it -> {
          it.update("DELETE FROM message WHERE NOT waiting");
          return it.update("UPDATE message SET taken_in = FALSE");
        });
  }

  @Override
  public void begin(Attempt attempt, int number) {
    database.write(it -> Attempts.begin(it, attempt, number));
  }

  @Override
  public void claimed(Attempt attempt) {
    database.write(it -> Attempts.claimed(it, attempt));
  }

  @Override
  public void claimed(Attempt attempt, Optional<TaskDescription> task, Instant startedAt) {
    database.write(
        it -> {
          int known = Attempts.claimed(it, attempt);
          return known > 0 ? Tasks.claimed(it, attempt.task(), task, startedAt) : known;
        });
  }

  @Override
  public void announce(AttemptId attempt, StatusUpdate update, long logEnd) {
    database.note(it -> Attempts.announce(it, attempt, update, logEnd));
  }

  @Override
  public void sync() {
    database.sync();
  }

  @Override
  public void committed(AttemptId attempt, PendingPush push) {
    database.write(
        it ->
            it.update(
                "UPDATE attempt SET push = ?, pushed = FALSE WHERE id = ?",
                Documents.write(push),
                attempt.toString()));
  }

  @Override
  public void pushed(AttemptId attempt) {
    note("UPDATE attempt SET pushed = TRUE WHERE id = ?", attempt.toString());
  }

  @Override
  public void acknowledged(AttemptId attempt, long offset) {
    note("UPDATE attempt SET acknowledged = ? WHERE id = ?", offset, attempt.toString());
  }

  @Override
  public void told(AttemptId attempt, int sequence) {
    String sql = "UPDATE report SET told = TRUE WHERE attempt = ? AND sequence = ?";
    note(sql, attempt.toString(), sequence);
  }

  private void note(String sql, Object... values) {
    database.note(it -> it.update(sql, values));
  }

  @Override
  public void settle(AttemptId attempt, Instant at) {
    database.write(it -> Attempts.settle(it, attempt, at));
  }

  @Override
  public void spent(AgentSpending spending) {
    database.note(it -> Attempts.spend(it, spending));
  }

  @Override
  public List<AgentSpending> spending(TaskId task) {
    return database.read(it -> Attempts.spending(it, task));
  }

  @Override
  public boolean steer(TaskId task, SteeringMessage message) {
    return database.write(it -> SteeringMessages.accept(it, task, message)) > 0;
  }

  @Override
  public void steered(TaskId task, String message, AttemptId attempt) {
    database.write(it -> SteeringMessages.delivered(it, task, message, attempt));
  }

  @Override
  public List<SteeringRecord> steering(TaskId task) {
    return database.read(it -> SteeringMessages.of(it, task));
  }

  @Override
  public void paid(LedgerEntry more) {
    database.note(it -> Ledger.add(it, more));
  }

  @Override
  public List<LedgerEntry> ledger(LocalDate from) {
    return reader.read(it -> Ledger.from(it, from));
  }

  @Override
  public boolean post(Notice notice, String receiver) {
    return database.note(it -> Notices.post(it, notice, receiver));
  }

  @Override
  public Optional<Notice> nextNotice(String receiver) {
    return database.read(it -> Notices.next(it, receiver));
  }

  @Override
  public void refused(String key, String receiver) {
    database.note(it -> Notices.refused(it, key, receiver));
  }

  @Override
  public void delivered(String key, String receiver) {
    database.note(it -> Notices.delivered(it, key, receiver));
  }

  @Override
  public int forgetNotices(Instant before) {
    return database.note(it -> Notices.forget(it, before));
  }

  @Override
  public List<EndedTask> ended(int limit) {
    return database.read(it -> Attempts.ended(it, limit));
  }

  @Override
  public void forget(EndedTask task) {
    database.note(it -> Attempts.forget(it, task));
  }

  @Override
  public boolean has(AttemptId attempt) {
    return database.read(it -> Attempts.has(it, attempt));
  }

  @Override
  public List<JournaledAttempt> open() {
    return database.read(Attempts::open);
  }

  @Override
  public Optional<JournaledAttempt> find(TaskId task) {
    return database.read(it -> Attempts.find(it, task));
  }

  @Override
  public TaskPage page(TaskQuery query) {
    return reader.read(it -> Pages.read(it, query));
  }

  @Override
  public Optional<TaskRecord> record(TaskId task) {
    return records.get(task, () -> reader.read(it -> Tasks.record(it, task)));
  }

  @Override
  public OpenWork openWork() {
    return work.get(OpenWork.class, () -> reader.read(Tasks::openWork));
  }

  @Override
  public void watch(WatchedChange change) {
    database.write(it -> FollowUps.watch(it, change));
  }

  @Override
  public void unwatch(String url) {
    database.write(it -> FollowUps.unwatch(it, url));
  }

  @Override
  public List<WatchedChange> watched() {
    return database.read(FollowUps::watched);
  }

  @Override
  public void note(FollowUp followUp) {
    database.write(it -> FollowUps.note(it, followUp));
  }

  @Override
  public Optional<FollowUp> followUp(TaskId task) {
    return database.read(it -> FollowUps.find(it, task));
  }

  @Override
  public List<FollowUp> followUps(String url) {
    return database.read(it -> FollowUps.of(it, url));
  }

  @Override
  public void pause(Instant at) {
    database.write(it -> Orders.pause(it, at));
  }

  @Override
  public void resume() {
    database.write(Orders::resume);
  }

  @Override
  public Optional<Instant> pausedSince() {
    return database.read(Orders::pausedSince);
  }

  @Override
  public void cancel(TaskId task) {
    database.write(it -> Orders.cancel(it, task));
  }

  @Override
  public boolean isCancelled(TaskId task) {
    return database.read(it -> Orders.isCancelled(it, task));
  }

  @Override
  public void close() {
    try (reader) {
      database.close();
    } finally {
      directory.close();
    }
  }
}
