package io.numa.avatar.cli.hostile;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.zip.Deflater;

/** Writes steps of plans, as YAML. */
final class Steps {
  private static final String BASE_85 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";
  private static final int BYTES_IN_A_LINE = 52;
  static final String SOME_ID = "1".repeat(40);

  private Steps() {}

  static String write(String path) {
    return "- write: {path: " + quoted(path) + ", content: x}";
  }

  static String symlink(String path, String target) {
    return "- write: {path: " + quoted(path) + ", symlink: " + quoted(target) + "}";
  }

  static String edit(String path, String find) {
    return ("- edit: {path: " + quoted(path) + ", find: " + quoted(find))
        + ", replace: x, expect: all}";
  }

  static String move(String from, String to) {
    return "- move: {from: " + quoted(from) + ", to: " + quoted(to) + "}";
  }

  static String copy(String from, String to) {
    return "- copy: {from: " + quoted(from) + ", to: " + quoted(to) + "}";
  }

  static String delete(String path) {
    return "- delete: {path: " + quoted(path) + "}";
  }

  static String chmod(String path) {
    return "- chmod: {path: " + quoted(path) + ", executable: true}";
  }

  static String exists(String path) {
    return "- assert: {path: " + quoted(path) + ", exists: true}";
  }

  static String matches(String path, String regex) {
    return "- assert: {path: " + quoted(path) + ", matches: " + quoted(regex) + "}";
  }

  static String run(String command) {
    return "- run: {command: " + quoted(command) + ", timeout: 60}";
  }

  static String runIn(String folder) {
    return "- run: {command: 'touch here', cwd: " + quoted(folder) + "}";
  }

  static String patch(String... lines) {
    return patch(1, lines);
  }

  static String patch(int strip, String... lines) {
    return "- patch: {diff: " + quoted(String.join("\n", lines) + "\n") + ", strip: " + strip + "}";
  }

  /** A patch that creates a file of one line; the name is used in the diff as given. */
  static String patchNew(String name) {
    return patch(
        "diff --git a/" + name + " b/" + name,
        "new file mode 100644",
        "--- /dev/null",
        "+++ " + (name.startsWith("\"") ? name : "b/" + name),
        "@@ -0,0 +1 @@",
        "+x");
  }

  /** The same with a name that Git would quote. */
  static String patchNewQuoted(String name) {
    return patch(
        "diff --git \"a/" + name + "\" \"b/" + name + "\"",
        "new file mode 100644",
        "--- /dev/null",
        "+++ \"b/" + name + "\"",
        "@@ -0,0 +1 @@",
        "+x");
  }

  static String patchLink(String name, String target) {
    return patch(linkDiff(name, target));
  }

  static String[] linkDiff(String name, String target) {
    return new String[] {
      "diff --git a/" + name + " b/" + name,
      "new file mode 120000",
      "--- /dev/null",
      "+++ b/" + name,
      "@@ -0,0 +1 @@",
      "+" + target,
      "\\ No newline at end of file"
    };
  }

  /** Replaces the line {@code old} of a file that has no other. */
  static String patchEdit(String name, String mode, String old) {
    return patch(
        "diff --git a/" + name + " b/" + name,
        "index " + SOME_ID + ".." + SOME_ID + " " + mode,
        "--- a/" + name,
        "+++ b/" + name,
        "@@ -1 +1 @@",
        "-" + old,
        "+changed");
  }

  static String patchDelete(String name, String old) {
    return patch(
        "diff --git a/" + name + " b/" + name,
        "deleted file mode 100644",
        "--- a/" + name,
        "+++ /dev/null",
        "@@ -1 +0,0 @@",
        "-" + old);
  }

  static String patchMoved(String how, String from, String to) {
    return patch(
        "diff --git a/" + from + " b/" + to,
        "similarity index 100%",
        how + " from " + from,
        how + " to " + to);
  }

  static String patchMode(String name, String from, String to) {
    return patch("diff --git a/" + name + " b/" + name, "old mode " + from, "new mode " + to);
  }

  static String patchSubmodule(String name) {
    return patch(
        "diff --git a/" + name + " b/" + name,
        "new file mode 160000",
        "--- /dev/null",
        "+++ b/" + name,
        "@@ -0,0 +1 @@",
        "+Subproject commit " + SOME_ID);
  }

  /** A binary patch of {@code size} zeros that declares {@code declared} bytes. */
  static String patchZeros(String header, String name, int size, long declared) {
    return patch(
        "diff --git a/" + name + " b/" + name,
        header,
        "index " + (header.startsWith("new") ? "0".repeat(40) : SOME_ID) + ".." + SOME_ID,
        "GIT binary patch",
        "literal " + declared,
        zeros(size) + "\nliteral 0\nHcmV?d00001\n");
  }

  private static String zeros(int size) {
    var deflater = new Deflater();
    deflater.setInput(new byte[size]);
    deflater.finish();
    var packed = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 16];
    while (!deflater.finished()) {
      packed.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return inBase85(packed.toByteArray());
  }

  private static String inBase85(byte[] bytes) {
    var text = new StringBuilder();
    for (int at = 0; at < bytes.length; at += BYTES_IN_A_LINE) {
      int count = Math.min(BYTES_IN_A_LINE, bytes.length - at);
      text.append((char) (count <= 26 ? 'A' + count - 1 : 'a' + count - 27));
      for (int i = at; i < at + count; i += 4) {
        text.append(inBase85(bytes, i));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String inBase85(byte[] bytes, int at) {
    long value = 0;
    for (int i = at; i < at + 4; i++) {
      value = value << 8 | (i < bytes.length ? bytes[i] & 0xff : 0);
    }
    var digits = new byte[5];
    for (int i = 4; i >= 0; i--) {
      digits[i] = (byte) BASE_85.charAt((int) (value % 85));
      value /= 85;
    }
    return new String(digits, US_ASCII);
  }

  private static String quoted(String text) {
    var quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        quoted.append("\\u").append(Integer.toHexString(0x10000 | c).substring(1));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
