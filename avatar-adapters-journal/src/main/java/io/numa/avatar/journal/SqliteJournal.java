package io.numa.avatar.journal;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.journal.JournaledAttempt;
import io.numa.avatar.port.repository.PendingPush;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Keeps a journal in a database file, {@code journal.db} in the state directory. A record survives
 * the end of the process at any moment, and, if the disk is honest, a loss of power. Exceptions are
 * acknowledgements of the backend and the remote: the avatar can ask for them again, so they do not
 * wait for the disk.
 *
 * <p>One journal of one process at a time uses a state directory. Safe for use by several threads,
 * of which one writes at a time. Not for network drives: SQLite cannot rely on their locks and
 * shared memory.
 */
public final class SqliteJournal implements Journal {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final StateLock directory;
  private final Database database;

  private SqliteJournal(StateLock directory, Database database) {
    this.directory = directory;
    this.database = database;
  }

  /**
   * Takes a state directory, and opens the journal in it; both are made if they are not there. A
   * journal of an older version is brought to this one.
   *
   * @throws StateException if another avatar uses the directory, it cannot be written, or what is
   *     there is damaged, of a newer version, or no journal; it stays as it is then
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

  @Override
  public boolean durable() {
    return true;
  }

  @Override
  public List<TaskMessage> accept(List<TaskMessage> messages) {
    return database.write(it -> Messages.accept(it, messages));
  }

  @Override
  public Optional<MessageId> lastMessage() {
    return database.read(Messages::last);
  }

  @Override
  public List<TaskMessage.Announcement> waiting() {
    return database.read(Messages::waiting);
  }

  @Override
  public void reject(MessageId message, String reason) {
    database.write(it -> Messages.reject(it, message, reason));
  }

  @Override
  public void begin(Attempt attempt, int number) {
    database.write(
        it -> {
          Messages.stopWaiting(it, attempt.task());
          return Attempts.begin(it, attempt, number);
        });
  }

  @Override
  public void claimed(Attempt attempt) {
    database.write(it -> Attempts.claimed(it, attempt));
  }

  @Override
  public void announce(AttemptId attempt, StatusUpdate update, long logEnd) {
    database.write(it -> Attempts.announce(it, attempt, update, logEnd));
  }

  @Override
  public void committed(AttemptId attempt, PendingPush push) {
    database.write(it -> Attempts.committed(it, attempt, push));
  }

  @Override
  public void pushed(AttemptId attempt) {
    database.note(it -> Attempts.pushed(it, attempt));
  }

  @Override
  public void acknowledged(AttemptId attempt, long offset) {
    database.note(it -> Attempts.acknowledged(it, attempt, offset));
  }

  @Override
  public void told(AttemptId attempt, int sequence) {
    database.note(it -> Attempts.told(it, attempt, sequence));
  }

  @Override
  public void settle(AttemptId attempt) {
    database.write(it -> Attempts.settle(it, attempt));
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
  public void close() {
    try {
      database.close();
    } finally {
      directory.close();
    }
  }
}
