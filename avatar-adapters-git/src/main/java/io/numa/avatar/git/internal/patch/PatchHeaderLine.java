package io.numa.avatar.git.internal.patch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.git.internal.support.CQuoted;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.PortException;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A line of the header of one file in a diff, or a piece of one.
 *
 * @param end the position after the character that ends it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PatchHeaderLine(byte[] text, int start, int end) {
  boolean startsWith(String prefix) {
    return end - start >= prefix.length()
        && new String(text, start, prefix.length(), UTF_8).equals(prefix);
  }

  /** The same line without the carriage return that Windows writes. */
  PatchHeaderLine withoutCarriageReturn() {
    return end - start > 1 && text[end - 2] == '\r'
        ? new PatchHeaderLine(text, start, end - 1)
        : this;
  }

  /** The text without its line end. */
  String string() {
    return new String(text, start, Math.max(0, end - 1 - start), UTF_8);
  }

  PortException damaged() {
    return PatchConflict.invalid("'" + string().strip() + "' is invalid in the header of a file");
  }

  PatchHeaderLine after(String word) {
    int at = start;
    while (!new PatchHeaderLine(text, at, end).startsWith(word)) {
      at++;
    }
    return new PatchHeaderLine(text, at + word.length(), end);
  }

  /** The first position at which a second name may begin. */
  int firstCut() {
    if (start >= end || text[start] != '"') {
      return start;
    }
    int at = start + 1;
    while (at < end && text[at] != '"') {
      at += text[at] == '\\' ? 2 : 1;
    }
    return at;
  }

  String name() {
    String name = read();
    if (name == null) {
      throw damaged();
    }
    return name;
  }

  /** The name at the beginning of this line; null if it is damaged. */
  @Nullable String read() {
    var name = new ByteArrayOutputStream();
    boolean sound = (start < end && text[start] == '"') ? unquote(name) : copy(name);
    return sound ? WorkspacePath.decode(name.toByteArray()) : null;
  }

  /** Copies an unquoted name. Git quotes control characters, except the tab before a time stamp. */
  private boolean copy(ByteArrayOutputStream name) {
    int stop = start;
    while (stop < end - 1 && (text[stop] < 0 || text[stop] >= ' ')) {
      stop++;
    }
    name.write(text, start, stop - start);
    return stop >= end - 1 || text[stop] == '\t';
  }

  /** Decodes a quoted name. */
  private boolean unquote(ByteArrayOutputStream name) {
    Optional<CQuoted> quoted = CQuoted.read(new String(text, start, end - start, ISO_8859_1), 0);
    quoted.ifPresent(found -> name.writeBytes(found.text().getBytes(ISO_8859_1)));
    return quoted.isPresent();
  }
}
