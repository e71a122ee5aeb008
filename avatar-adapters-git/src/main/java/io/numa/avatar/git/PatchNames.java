package io.numa.avatar.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.eclipse.jgit.patch.FileHeader;
import org.eclipse.jgit.util.RawParseUtils;
import org.jspecify.annotations.Nullable;

/**
 * The paths that the header of one file in a diff names. JGit's parser always strips one name, and
 * decodes what is no UTF-8 as something else.
 */
final class PatchNames {
  private static final String ESCAPES = "abtnvfr";
  private static final String ESCAPED = "\007\b\t\n\013\f\r";

  private final int strip;
  private @Nullable String oldName;
  private @Nullable String newName;

  private PatchNames(int strip) {
    this.strip = strip;
  }

  /** Reads the header's lines up to {@code end}. */
  static PatchNames of(FileHeader header, int end, int strip) {
    var names = new PatchNames(strip);
    byte[] text = header.getBuffer();
    int at = header.getStartOffset();
    while (at < end) {
      int next = RawParseUtils.nextLF(text, at);
      names.readLine(new Line(text, at, Math.min(next, end)));
      at = next;
    }
    return names;
  }

  /** The path before the change; empty if the file is new. */
  Optional<WorkspacePath> before() {
    return path(oldName);
  }

  /** The path after the change; empty if the file is deleted. */
  Optional<WorkspacePath> after() {
    return path(newName);
  }

  private static Optional<WorkspacePath> path(@Nullable String name) {
    if (name == null || name.equals("/dev/null")) {
      return Optional.empty();
    }
    try {
      return Optional.of(WorkspacePath.ofGit(WorkspacePath.encode(name)));
    } catch (IllegalArgumentException e) {
      throw new PortException(
          FailureKind.DENIED, "could not apply the patch: " + e.getMessage(), e);
    }
  }

  private void readLine(Line line) {
    if (line.startsWith("diff --git ")) {
      readBoth(line.after("diff --git "));
    } else if (line.startsWith("--- ")) {
      oldName = stripped(line.after("--- ").name(), strip);
    } else if (line.startsWith("+++ ")) {
      newName = stripped(line.after("+++ ").name(), strip);
    } else if (line.startsWith("rename from ") || line.startsWith("copy from ")) {
      oldName = stripped(line.after("from ").name(), strip - 1);
    } else if (line.startsWith("rename to ") || line.startsWith("copy to ")) {
      newName = stripped(line.after("to ").name(), strip - 1);
    }
  }

  /** Both names of this line count only if they are the same; the cut may be at any space. */
  private void readBoth(Line line) {
    for (int cut = line.firstCut(); cut < line.end - 1; cut++) {
      if (line.text[cut] == ' ') {
        String left = new Line(line.text, line.start, cut + 1).name();
        String right = new Line(line.text, cut + 1, line.end).name();
        if (stripped(left, strip).equals(stripped(right, strip))) {
          oldName = stripped(left, strip);
          newName = oldName;
          return;
        }
      }
    }
  }

  private static String stripped(String name, int count) {
    String rest = name;
    for (int i = 0; i < count && !name.equals("/dev/null") && rest.indexOf('/') >= 0; i++) {
      rest = rest.substring(rest.indexOf('/') + 1);
    }
    return rest;
  }

  /** A line, or a piece of one; {@code end} lies behind the character that ends it. */
  private record Line(@SuppressWarnings("ArrayRecordComponent") byte[] text, int start, int end) {
    boolean startsWith(String prefix) {
      return end - start >= prefix.length()
          && new String(text, start, prefix.length(), UTF_8).equals(prefix);
    }

    Line after(String word) {
      int at = start;
      while (!new Line(text, at, end).startsWith(word)) {
        at++;
      }
      return new Line(text, at + word.length(), end);
    }

    /** The first place where a second name may begin. */
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
      var name = new ByteArrayOutputStream();
      if (start < end && text[start] == '"') {
        unquote(name);
      } else {
        int stop = start;
        while (stop < end - 1 && text[stop] != '\t') { // time stamps follow a tab
          stop++;
        }
        name.write(text, start, stop - start);
      }
      return WorkspacePath.decode(name.toByteArray());
    }

    /** As Git quotes names: like C strings, with octal numbers for bytes. */
    private void unquote(ByteArrayOutputStream name) {
      int at = start + 1;
      while (at < end && text[at] != '"') {
        if (text[at] != '\\' || at + 1 >= end) {
          name.write(text[at]);
          at++;
          continue;
        }
        char escape = (char) text[at + 1];
        int known = ESCAPES.indexOf(escape);
        if (escape >= '0' && escape <= '3' && at + 3 < end) {
          name.write((escape - '0') << 6 | (text[at + 2] - '0') << 3 | (text[at + 3] - '0'));
          at += 4;
        } else {
          name.write(known >= 0 ? ESCAPED.charAt(known) : escape);
          at += 2;
        }
      }
    }
  }
}
