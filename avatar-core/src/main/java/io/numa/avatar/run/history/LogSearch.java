package io.numa.avatar.run.history;

import io.numa.avatar.port.LogChunk;
import io.numa.avatar.run.log.LogFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Looks for a text in the lines of a log, in upper or lower case, and also where colours are set
 * within it. Reads the log in pieces, so that its size does not matter. Not thread-safe.
 */
public final class LogSearch {
  private static final int PIECE = 256 * 1024;

  /** The most characters that are given of a line. */
  private static final int LONGEST = 500;

  private static final String COLOURS = "(?:\u001b\\[[0-9;:]{0,64}m)*+";

  private final LogFile file;
  private final Pattern wanted;
  private final int most;
  private final List<Hit> hits = new ArrayList<>();

  /**
   * A line that has the text.
   *
   * @param offset of the line's first byte in the log
   * @param line without its end; a long one is cut off
   */
  public record Hit(long offset, String line) {}

  /**
   * What was found.
   *
   * @param next where to search on, in bytes; empty if the rest of the log has no such line
   */
  public record Result(List<Hit> hits, Optional<Long> next) {
    public Result {
      hits = List.copyOf(hits);
    }
  }

  private LogSearch(LogFile file, Pattern wanted, int most) {
    this.file = file;
    this.wanted = wanted;
    this.most = most;
  }

  /**
   * Searches a log from {@code from} to its present end.
   *
   * @param text not empty
   * @param most how many lines to give at most
   */
  static Result of(LogFile file, String text, long from, int most) throws IOException {
    return new LogSearch(file, pattern(text), most).from(from);
  }

  private static Pattern pattern(String text) {
    boolean ascii = text.chars().allMatch(unit -> unit < 0x80);
    return Pattern.compile(
        text.codePoints()
            .mapToObj(point -> Pattern.quote(Character.toString(point)))
            .collect(Collectors.joining(COLOURS)),
        Pattern.CASE_INSENSITIVE | (ascii ? 0 : Pattern.UNICODE_CASE));
  }

  private Result from(long from) throws IOException {
    LogChunk chunk = file.read(from, PIECE);
    while (!chunk.text().isEmpty()) {
      Optional<Long> next = search(chunk);
      if (next.isPresent()) {
        return new Result(hits, next);
      }
      chunk = file.read(chunk.end(), PIECE);
    }
    return new Result(hits, Optional.empty());
  }

  /** Returns where to search on if there are enough lines. */
  private Optional<Long> search(LogChunk chunk) {
    String text = chunk.text();
    Matcher found = wanted.matcher(text);
    var counted = new LogChunk(chunk.offset(), "");
    int end = 0;
    while (end < text.length() && found.find(end)) {
      int start = text.lastIndexOf('\n', found.start()) + 1;
      counted = new LogChunk(counted.end(), text.substring(end, start));
      if (hits.size() == most) {
        return Optional.of(counted.end());
      }
      int lineEnd = text.indexOf('\n', found.end() - 1);
      end = lineEnd < 0 ? text.length() : lineEnd + 1;
      String line = text.substring(start, end);
      hits.add(new Hit(counted.end(), line.substring(0, Math.min(LONGEST, line.length())).strip()));
      counted = new LogChunk(counted.end(), line);
    }
    return Optional.empty();
  }
}
