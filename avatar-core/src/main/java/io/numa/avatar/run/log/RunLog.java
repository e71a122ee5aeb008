package io.numa.avatar.run.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.numa.avatar.port.CommandRunner.OutputSink;
import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.PortException;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import io.numa.avatar.text.CleanText;
import io.numa.avatar.text.TerminalFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The log of an attempt: all lines of the attempt and all output of its commands go through it. It
 * keeps their order, redacts secrets, and appends to the attempt's log file. The text for the
 * backend is read from this file.
 *
 * <p>A line that a command has printed begins with {@link #MARK}; a line of the avatar begins with
 * the time, or with a bracket. So no output can pass for a line of the avatar. What a terminal
 * would obey is taken out, but the colours of output stay.
 *
 * <p>The size of single writes bounds the memory, and a quota bounds the disk space: the file takes
 * the first half of the quota, and the end of the output is kept for {@link #joinTail}. The file is
 * valid UTF-8; each invalid byte sequence becomes U+FFFD. Safe for use by several threads.
 */
public final class RunLog implements AutoCloseable {
  /** The beginning of each line that a command has printed. */
  public static final String MARK = "| ";

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  private final ReentrantLock lock = new ReentrantLock();
  private final Path file;
  private final LogStore store;
  private final Redactor redactor;
  private final Clock clock;
  private final Consumer<String> echo;
  private volatile Runnable onGrowth = () -> {};

  private RunLog(Path file, LogStore store, Redactor redactor, Clock clock, Consumer<String> echo) {
    this.file = file;
    this.store = store;
    this.redactor = redactor;
    this.clock = clock;
    this.echo = echo;
  }

  /**
   * Opens the log of an attempt, to read from {@code acknowledged} on and to append. A missing log
   * begins empty. If the log has lost bytes that the backend has, new text is appended after the
   * offset {@code acknowledged}. A tail that a previous process left is joined.
   *
   * @param acknowledged how many bytes of the log the backend has
   * @param quota how many bytes of disk space it may take
   * @param echo receives all text appended from now on, redacted, as it arrives
   */
  public static RunLog open(
      Path file,
      long acknowledged,
      long quota,
      Redactor redactor,
      Clock clock,
      Consumer<String> echo) {
    try {
      var store = LogStore.open(file, acknowledged, quota);
      return new RunLog(file, store, redactor, clock, echo);
    } catch (IOException e) {
      throw failure("open", file, e);
    }
  }

  /** Removes the log of an attempt that has ended, if there is one, with its tail. */
  public static void remove(Path file) throws IOException {
    LogTail.remove(file);
    Files.deleteIfExists(file);
  }

  /** Sets the listener that is called each time the log has grown. */
  public void onGrowth(Runnable listener) {
    onGrowth = listener;
  }

  /** Appends a message of the avatar, in lines that begin with the time and the stage. */
  public void say(Stage stage, String text) {
    String prefix = TIME.format(clock.instant()) + " [" + stage.word() + "] ";
    String clean = redactor.redact(CleanText.of(text).text());
    String lines = clean.lines().map(line -> prefix + line + "\n").collect(joining());
    lock.lock();
    try {
      append(((store.atLineStart() ? "" : "\n") + lines).getBytes(UTF_8));
    } finally {
      lock.unlock();
    }
  }

  /** Hides the secrets in all text of the log. */
  public Redactor redactor() {
    return redactor;
  }

  /**
   * Opens a sink for the output of one command, which begins on a new line.
   *
   * @param reader receives the output, redacted and without marks, in pieces of any size
   */
  public CommandOutput commandOutput(Consumer<String> reader) {
    return new CommandOutput(reader);
  }

  /**
   * How many bytes of the log can be read; it only grows. Text beyond the first half of the quota
   * counts only after {@link #joinTail}.
   */
  public long length() {
    return store.length();
  }

  /**
   * Reads back a part of the log.
   *
   * @param offset in bytes, at the start of a character and before {@code end}
   * @return at most {@code limit} bytes up to {@code end}; whole lines if possible, always whole
   *     characters
   */
  public LogChunk read(long offset, long end, int limit) {
    lock.lock();
    try {
      byte[] bytes = store.read(offset, (int) Math.min(limit, end - offset));
      int count = wholeLines(bytes, offset + bytes.length < end);
      return new LogChunk(offset, Utf8.decode(bytes, count));
    } catch (IOException e) {
      throw failure("read", file, e);
    } finally {
      lock.unlock();
    }
  }

  private static int wholeLines(byte[] bytes, boolean moreBehind) {
    if (!moreBehind) {
      return bytes.length;
    }
    int lines = Utf8.wholeLines(bytes, bytes.length);
    return lines > 0 ? lines : Utf8.wholeCharacters(bytes, bytes.length);
  }

  /**
   * Makes the end of a log that was too large readable, after a line that says how many bytes are
   * left out before it. Call it when the attempt's commands are over. Does nothing if the whole log
   * was kept.
   */
  public void joinTail() {
    lock.lock();
    try {
      store.joinTail();
    } catch (IOException e) {
      throw failure("write", file, e);
    } finally {
      lock.unlock();
    }
    onGrowth.run();
  }

  private void append(byte[] text) {
    if (text.length == 0) {
      return;
    }
    lock.lock();
    try {
      store.append(text);
      echo.accept(new String(text, UTF_8));
    } catch (IOException e) {
      throw failure("write", file, e);
    } finally {
      lock.unlock();
    }
    onGrowth.run();
  }

  /** Closes the log of an attempt that was not begun, and removes its file. */
  public void discard() {
    try {
      store.discard();
    } catch (IOException e) {
      throw failure("remove", file, e);
    }
  }

  private static PortException failure(String verb, Path file, IOException e) {
    return new PortException(
        FailureKind.UNAVAILABLE, "could not " + verb + " the task's log " + file + ": " + e, e);
  }

  @Override
  public void close() {
    try {
      store.close();
    } catch (IOException e) {
      throw failure("close", file, e);
    }
  }

  /** Receives the output of one command for the log. Not thread-safe. */
  public final class CommandOutput implements OutputSink, AutoCloseable {
    private final Consumer<String> reader;
    private final WholeCharacters raw;
    private final TerminalFilter plain;
    private final Redactor.Stream redacting;
    private final WholeCharacters redacted;
    private boolean begun;

    private CommandOutput(Consumer<String> reader) {
      this.reader = reader;
      redacted = new WholeCharacters(this::print);
      // Redacted last, because a secret may become whole when something is taken out of it.
      redacting = redactor.stream(redacted);
      plain = TerminalFilter.keepingColours(redacting);
      raw = new WholeCharacters(plain);
    }

    @Override
    public void write(byte[] buffer, int offset, int count) {
      raw.write(buffer, offset, count);
    }

    private void print(byte[] text, int offset, int length) {
      lock.lock();
      try {
        boolean open = !store.atLineStart();
        append(MarkedLines.of(text, offset, length, open && !begun, !begun || !open));
      } finally {
        lock.unlock();
      }
      begun = true;
      reader.accept(new String(text, offset, length, UTF_8));
    }

    @Override
    public void close() {
      raw.close();
      plain.end();
      redacting.close();
      redacted.close();
    }
  }
}
