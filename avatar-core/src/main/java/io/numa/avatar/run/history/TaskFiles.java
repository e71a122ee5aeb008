package io.numa.avatar.run.history;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.journal.EndedTask;
import io.numa.avatar.run.log.LogFile;
import io.numa.avatar.run.log.RunLog;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.TaskId;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the files of attempts are: the log of each is {@code <task>/<attempt>.log} below the logs,
 * beside it are the change of a failed attempt ({@code .patch}) and the recorded requests of agents
 * ({@code .llm.jsonl}), and its working copy is in {@code <task>/<attempt>} below the workspace.
 *
 * @param logs may hold other files, such as the avatar's own log, which stay
 * @param workspace absolute
 */
public record TaskFiles(Path logs, Path workspace) {
  private static final Pattern FILE = Pattern.compile("([0-9a-f-]{36})\\.(log|patch|llm\\.jsonl)");

  /**
   * Reads a part of an attempt's log, also while the attempt appends to it: whole lines if
   * possible, always whole characters. The part may begin up to 3 bytes after {@code offset}, if
   * that is within a character.
   *
   * @param offset in bytes; beyond the end, the part is empty
   * @param most the most bytes to read, at least 4
   */
  public LogChunk readLog(TaskId task, AttemptId attempt, long offset, int most)
      throws IOException {
    return new LogFile(log(task, attempt)).read(offset, most);
  }

  /**
   * Searches the log of an attempt from {@code from} to its present end.
   *
   * @param text not empty
   * @param most how many lines to give at most
   */
  public LogSearch.Result search(TaskId task, AttemptId attempt, String text, long from, int most)
      throws IOException {
    return LogSearch.of(new LogFile(log(task, attempt)), text, from, most);
  }

  /** How many bytes of an attempt's log can be read; 0 if there is no log. */
  public long logSize(TaskId task, AttemptId attempt) throws IOException {
    return new LogFile(log(task, attempt)).size();
  }

  /** The log of an attempt. */
  public Path log(TaskId task, AttemptId attempt) {
    return logs(task).resolve(attempt + ".log");
  }

  /** Where the change of an attempt is kept that was not delivered. */
  public PatchFile patch(TaskId task, AttemptId attempt) {
    return new PatchFile(logs(task).resolve(attempt + ".patch").toAbsolutePath());
  }

  /** Where what agents ask their models and get back is kept. */
  public Path record(TaskId task, AttemptId attempt) {
    return logs(task).resolve(attempt + ".llm.jsonl");
  }

  private Path logs(TaskId task) {
    return logs.resolve(task.fileName());
  }

  /** The private folder of an attempt. */
  public Path home(TaskId task, AttemptId attempt) {
    return homes(task).resolve(attempt.toString());
  }

  private Path homes(TaskId task) {
    return workspace.resolve(task.fileName());
  }

  /** Removes the folder of a task's working copies if none is left. */
  public void tidyHomes(TaskId task) {
    try {
      removeIfEmpty(homes(task));
    } catch (IOException e) {
      // An empty folder harms nothing, and goes with the task's logs.
    }
  }

  /** How many bytes all files below the logs have. */
  long size() throws IOException {
    return size(logs);
  }

  private static long size(Path below) throws IOException {
    var size = new AtomicLong();
    Files.walkFileTree(
        below,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            size.addAndGet(attributes.size());
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE; // Running tasks remove files, too.
            }
            throw failure;
          }
        });
    return size.get();
  }

  /** Removes the logs of a task's attempts, and returns how many bytes that has freed. */
  long remove(EndedTask task) throws IOException {
    Path folder = logs(task.task());
    long before = size(folder);
    for (AttemptId attempt : task.attempts()) {
      RunLog.remove(log(task.task(), attempt));
      Files.deleteIfExists(patch(task.task(), attempt).path());
      Files.deleteIfExists(record(task.task(), attempt));
    }
    long after = size(folder);
    removeIfEmpty(folder);
    tidyHomes(task.task());
    return before - after;
  }

  /** How many bytes {@link #remove} would free. */
  long size(EndedTask task) throws IOException {
    List<String> ids = task.attempts().stream().map(AttemptId::toString).toList();
    long bytes = 0;
    for (Path file : entries(logs(task.task()), entry -> true)) {
      boolean goes = ids.stream().anyMatch(file.getFileName().toString()::startsWith);
      bytes += goes ? size(file) : 0;
    }
    return bytes;
  }

  /** The files last written before {@code time} whose attempts are not {@code known}. */
  List<Path> unknown(Instant time, Predicate<AttemptId> known) throws IOException {
    var unknown = new ArrayList<Path>();
    for (Path task : entries(logs, entry -> Files.isDirectory(entry, NOFOLLOW_LINKS))) {
      for (Path file : entries(task, entry -> attempt(entry).isPresent())) {
        boolean old = Files.getLastModifiedTime(file, NOFOLLOW_LINKS).toInstant().isBefore(time);
        if (old && !known.test(attempt(file).orElseThrow())) {
          unknown.add(file);
        }
      }
    }
    return unknown;
  }

  /** Removes a file that {@link #unknown} has given, and returns how many bytes that has freed. */
  long removeUnknown(Path file) throws IOException {
    long bytes = Files.size(file);
    RunLog.remove(file);
    removeIfEmpty(file.resolveSibling(""));
    return bytes;
  }

  private static Optional<AttemptId> attempt(Path file) {
    Matcher name = FILE.matcher(file.getFileName().toString());
    return name.matches()
        ? Optional.of(new AttemptId(UUID.fromString(name.group(1))))
        : Optional.empty();
  }

  private static List<Path> entries(Path folder, Predicate<Path> wanted) throws IOException {
    var found = new ArrayList<Path>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, wanted::test)) {
      all.forEach(found::add);
    } catch (NoSuchFileException e) {
      return List.of();
    }
    return found;
  }

  /** Removes a folder unless it has files, or is gone. */
  public static void removeIfEmpty(Path folder) throws IOException {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      // It has other files, such as those of a new attempt.
    }
  }
}
