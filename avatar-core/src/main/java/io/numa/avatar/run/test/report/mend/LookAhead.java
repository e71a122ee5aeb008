package io.numa.avatar.run.test.report.mend;

import java.io.IOException;
import java.io.Reader;

/** Characters of a reader, of which the next ones can be seen before they are taken. */
final class LookAhead {
  private final Reader in;
  private final char[] buffer = new char[1 << 13];
  private int position;
  private int limit;

  LookAhead(Reader in) {
    this.in = in;
  }

  /** Takes the next character; -1 at the end. */
  int next() throws IOException {
    return has(1) ? buffer[position++] : -1;
  }

  /** The next character, which stays; -1 at the end. */
  int peek() throws IOException {
    return has(1) ? buffer[position] : -1;
  }

  /** The next characters, which stay; fewer than {@code count} near the end. */
  String ahead(int count) throws IOException {
    has(count);
    return new String(buffer, position, Math.min(count, limit - position));
  }

  /** Takes {@code text} if it is next. */
  boolean skips(String text) throws IOException {
    if (!has(text.length())) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (buffer[position + i] != text.charAt(i)) {
        return false;
      }
    }
    position += text.length();
    return true;
  }

  /** Takes the letters, digits, spaces and so on that are next and in memory, and appends them. */
  void takePlain(StringBuilder target) {
    int start = position;
    while (position < limit && isPlain(buffer[position])) {
      position++;
    }
    target.append(buffer, start, position - start);
  }

  /** Whether a character means the same everywhere in XML. */
  private static boolean isPlain(char c) {
    return c >= ' '
        ? c < '\uFFFE' && c != '<' && c != '>' && c != '&' && c != ']'
        : c == '\n' || c == '\t';
  }

  private boolean has(int count) throws IOException {
    while (limit - position < count) {
      System.arraycopy(buffer, position, buffer, 0, limit - position);
      limit -= position;
      position = 0;
      int read = in.read(buffer, limit, buffer.length - limit);
      if (read < 0) {
        return false;
      }
      limit += read;
    }
    return true;
  }

  void close() throws IOException {
    in.close();
  }
}
