package io.numa.avatar.operation;

import static io.numa.avatar.task.FailureKind.UNAVAILABLE;

import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.journal.AttemptRecord;
import io.numa.avatar.port.journal.OpenWork;
import io.numa.avatar.port.journal.OutcomeWord;
import io.numa.avatar.port.journal.TaskHistory;
import io.numa.avatar.port.journal.TaskRecord;
import io.numa.avatar.run.history.LogSearch;
import io.numa.avatar.run.history.TaskFiles;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.TaskId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Tells the stories of tasks from the journal and the files of their attempts. */
public final class TaskStories {
  /** The most bytes of a change that are shown. */
  static final int MAX_CHANGE = 1 << 20;

  private final TaskHistory journal;
  private final TaskFiles files;
  private final Redactor redactor;
  private final ReentrantLock searching = new ReentrantLock();

  /**
   * @param files where the logs and patches are
   * @param redactor takes the secrets out of patches; logs have none
   */
  public TaskStories(TaskHistory journal, TaskFiles files, Redactor redactor) {
    this.journal = journal;
    this.files = files;
    this.redactor = redactor;
  }

  TaskHistory journal() {
    return journal;
  }

  TaskFiles files() {
    return files;
  }

  Redactor redactor() {
    return redactor;
  }

  Optional<TaskStory> story(TaskId task, Optional<RunningTask> running) {
    return journal
        .record(task)
        .map(
            record ->
                new TaskStory(
                    record.line(),
                    record.description(),
                    record.attempts().stream().map(attempt -> story(task, attempt)).toList(),
                    running));
  }

  private AttemptStory story(TaskId task, AttemptRecord attempt) {
    OutcomeWord outcome = attempt.last().map(OutcomeWord::of).orElse(OutcomeWord.RUNNING);
    return new AttemptStory(
        attempt,
        !attempt.open() && outcome == OutcomeWord.RUNNING ? withoutOutcome(attempt) : outcome,
        logSize(task, attempt.attempt()));
  }

  private static OutcomeWord withoutOutcome(AttemptRecord attempt) {
    return attempt.last().isPresent() ? OutcomeWord.DROPPED : OutcomeWord.UNKNOWN;
  }

  Optional<LogPart> log(TaskId task, Optional<AttemptId> wanted, long offset, int most) {
    if (offset < 0) {
      throw new IllegalArgumentException("the offset must not be negative: " + offset);
    }
    return journal
        .record(task)
        .flatMap(record -> attempt(record, wanted))
        .map(attempt -> part(task, attempt, offset, most));
  }

  private static Optional<AttemptRecord> attempt(TaskRecord record, Optional<AttemptId> wanted) {
    List<AttemptRecord> all = record.attempts();
    return wanted.isEmpty()
        ? all.stream().reduce((earlier, later) -> later)
        : all.stream().filter(each -> each.attempt().equals(wanted.get())).findFirst();
  }

  private LogPart part(TaskId task, AttemptRecord attempt, long offset, int most) {
    try {
      LogChunk chunk = files.readLog(task, attempt.attempt(), offset, most);
      return new LogPart(
          attempt.attempt(),
          chunk.offset(),
          chunk.end(),
          files.logSize(task, attempt.attempt()),
          attempt.open(),
          chunk.text());
    } catch (IOException e) {
      throw unreadable("log", task, e);
    }
  }

  Optional<LogSearch.Result> find(TaskId task, Optional<AttemptId> wanted, String text, long from) {
    if (text.isEmpty() || from < 0) {
      throw new IllegalArgumentException("no text, or a negative offset: " + from);
    }
    return journal
        .record(task)
        .flatMap(record -> attempt(record, wanted))
        .map(attempt -> found(task, attempt, text, from));
  }

  /** One search at a time: a long log keeps a processor busy for a second. */
  private LogSearch.Result found(TaskId task, AttemptRecord attempt, String text, long from) {
    searching.lock();
    try {
      return files.search(task, attempt.attempt(), text, from, Overview.HITS);
    } catch (IOException e) {
      throw unreadable("log", task, e);
    } finally {
      searching.unlock();
    }
  }

  private long logSize(TaskId task, AttemptId attempt) {
    try {
      return files.logSize(task, attempt);
    } catch (IOException e) {
      throw unreadable("log", task, e);
    }
  }

  /** The kept patch of the last attempt that has one. */
  Optional<String> keptChange(TaskId task) {
    List<AttemptRecord> attempts = journal.record(task).map(TaskRecord::attempts).orElse(List.of());
    Optional<Path> patch =
        attempts.stream()
            .map(attempt -> files.patch(task, attempt.attempt()).path())
            .filter(Files::isRegularFile)
            .reduce((earlier, later) -> later);
    return patch.map(file -> shown(task, file));
  }

  private String shown(TaskId task, Path file) {
    var bytes = new BoundedBytes(MAX_CHANGE);
    try (var in = Files.newInputStream(file)) {
      in.transferTo(bytes);
    } catch (IOException e) {
      throw unreadable("patch", task, e);
    }
    return bytes.shown(redactor);
  }

  /** What the backend does not have yet. */
  ReportBacklog backlog(OpenWork work) {
    int statuses = 0;
    long logBytes = 0;
    int tasks = 0;
    for (OpenWork.OpenAttempt attempt : work.attempts()) {
      statuses += attempt.reportsWaiting();
      long size = logSize(attempt.task(), attempt.attempt());
      logBytes += Math.max(0, size - attempt.acknowledged());
      tasks += attempt.ended() ? 1 : 0;
    }
    return new ReportBacklog(statuses, logBytes, tasks);
  }

  private static PortException unreadable(String what, TaskId task, IOException e) {
    return new PortException(
        UNAVAILABLE, "could not read the " + what + " of task " + task + ": " + e, e);
  }
}
