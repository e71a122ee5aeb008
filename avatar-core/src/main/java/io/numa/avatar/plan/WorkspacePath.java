package io.numa.avatar.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file or folder inside the workspace: relative, {@code /}-separated, without {@code .} or {@code
 * ..}, and without any name that a file system could take for {@code .git}.
 *
 * <p>This class checks the spelling only. Whether a symbolic link leads out of the workspace is
 * checked when the path is opened.
 *
 * <p>Names in Git are bytes. The text holds each byte that is not valid UTF-8 as a lone surrogate,
 * U+DC80 to U+DCFF, as Python does (PEP 383). So two paths are equal if their texts are equal.
 */
public final class WorkspacePath {
  /** HFS+ ignores these code points in names (git's utf8.c, {@code next_hfs_char}). */
  private static final Pattern IGNORED_BY_HFS =
      Pattern.compile("[\\u200c-\\u200f\\u202a-\\u202e\\u206a-\\u206f\\ufeff]");

  /** On NTFS, a colon begins the name of a stream. NTFS drops dots and spaces before the colon. */
  private static final Pattern IGNORED_BY_NTFS = Pattern.compile("(?s)(?<![. ])[. ]*+(:.*|\\z)");

  private static final Pattern GIT = Pattern.compile("\\.git|git~[0-9]+");

  private static final Pattern DRIVE = Pattern.compile("(?s)[A-Za-z]:.*");

  private static final Pattern WINDOWS_ROOT =
      Pattern.compile("(?s)([A-Za-z]:)?\\\\.*|[A-Za-z]:/.*");

  private static final Pattern LONE_SURROGATE =
      Pattern.compile(
          "[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]");

  /** The offset of escaped bytes: U+DC80 stands for byte 0x80, if that is not valid UTF-8. */
  private static final int ESCAPED_BYTES = 0xdc00;

  /**
   * How many names a path may have. Each name uses a handle or a stack frame. No program can check
   * out folders deeper than about 2,000 anyway.
   */
  public static final int MAX_NAMES = 250;

  /**
   * Linux accepts 4,095 bytes (limits.h, PATH_MAX). The path of the workspace needs some of them.
   */
  private static final int MAX_BYTES = 3500;

  /** NAME_MAX of all common file systems. */
  private static final int MAX_NAME_BYTES = 255;

  private final String value;

  /**
   * Reads a path that a person wrote in a plan. A slash at its end is dropped.
   *
   * @throws IllegalArgumentException with a message for people, if it may lead out or into Git
   */
  public WorkspacePath(String value) {
    this(value, withoutSlash(value), problemInPlan(value));
  }

  private WorkspacePath(String given, String value, @Nullable String problem) {
    if (problem != null) {
      throw new IllegalArgumentException("the path '" + shown(given) + "' " + problem);
    }
    this.value = value;
  }

  /**
   * Reads a path from Git, in any bytes. Backslashes and colons are ordinary characters, unless
   * they would lead out of the workspace or into a Git directory on Windows.
   *
   * @throws IllegalArgumentException with a message for people, if it may lead out or into Git
   */
  public static WorkspacePath ofGit(byte[] path) {
    String text = decode(path);
    return new WorkspacePath(text, text, problem(text));
  }

  /** The path's text; two paths are the same if their texts are equal. */
  public String value() {
    return value;
  }

  /** The bytes by which Git and the file system name the path. */
  public byte[] bytes() {
    return encode(value);
  }

  /** The names in the path, at least one. */
  public List<String> segments() {
    return List.of(value.split("/"));
  }

  /** The folder that contains it; empty if that is the workspace itself. */
  public Optional<WorkspacePath> parent() {
    int slash = value.lastIndexOf('/');
    if (slash < 0) {
      return Optional.empty();
    }
    String parent = value.substring(0, slash);
    return Optional.of(new WorkspacePath(parent, parent, null));
  }

  /** Encodes a text of the form described above. */
  public static byte[] encode(String text) {
    if (!LONE_SURROGATE.matcher(text).find()) {
      return text.getBytes(UTF_8);
    }
    var bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      if (point > 0xffff || !Character.isSurrogate((char) point)) {
        bytes.writeBytes(Character.toString(point).getBytes(UTF_8));
      } else {
        bytes.write(point - ESCAPED_BYTES);
      }
      i += Character.charCount(point);
    }
    return bytes.toByteArray();
  }

  /** Decodes bytes into a text of the form described above. */
  public static String decode(byte[] bytes) {
    CharsetDecoder decoder = UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    for (CoderResult result = decoder.decode(in, out, true);
        result.isError();
        result = decoder.decode(in, out, true)) {
      for (int i = 0; i < result.length(); i++) {
        out.put((char) (ESCAPED_BYTES + (in.get() & 0xff)));
      }
    }
    return out.flip().toString();
  }

  private static String withoutSlash(String value) {
    return value.length() > 1 && value.endsWith("/")
        ? value.substring(0, value.length() - 1)
        : value;
  }

  private static @Nullable String problemInPlan(String value) {
    if (LONE_SURROGATE.matcher(value).find()) {
      return "is no text";
    }
    if (value.indexOf('\0') >= 0) {
      return "holds a NUL character";
    }
    if (DRIVE.matcher(value).matches()) {
      return "is not relative to the workspace";
    }
    if (value.indexOf('\\') >= 0) {
      return "holds a backslash; folders are separated by '/'";
    }
    return problem(withoutSlash(value));
  }

  private static @Nullable String problem(String value) {
    if (value.isEmpty()) {
      return "is empty";
    }
    if (value.indexOf('\0') >= 0) {
      return "holds a NUL character";
    }
    if (value.startsWith("/") || WINDOWS_ROOT.matcher(value).matches()) {
      return "is not relative to the workspace";
    }
    if (value.length() > MAX_BYTES || encode(value).length > MAX_BYTES) {
      return "has more than " + MAX_BYTES + " bytes";
    }
    String[] segments = value.split("/", -1);
    if (segments.length > MAX_NAMES) {
      return "has more than " + MAX_NAMES + " names";
    }
    for (String segment : segments) {
      if (encode(segment).length > MAX_NAME_BYTES) {
        return "holds a name of more than " + MAX_NAME_BYTES + " bytes";
      }
      if (segment.isEmpty() || segment.equals(".")) {
        return "holds an empty name or '.'";
      }
      for (String name : segment.split("\\\\", -1)) {
        if (name.equals("..")) {
          return "leads upwards";
        }
        if (isGit(name)) {
          return "leads into a Git directory";
        }
      }
    }
    return null;
  }

  private static boolean isGit(String segment) {
    String plain = IGNORED_BY_HFS.matcher(segment).replaceAll("");
    plain = IGNORED_BY_NTFS.matcher(plain).replaceAll("");
    return GIT.matcher(plain.toLowerCase(Locale.ROOT)).matches();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof WorkspacePath path && value.equals(path.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /** The path for messages: characters that cannot be shown are escaped as Git escapes them. */
  @Override
  public String toString() {
    return shown(value);
  }

  /**
   * Formats any path for a message, valid or not. Of a path that is too long to be valid, only the
   * length is shown: a part of it could be a piece of a secret.
   */
  public static String shown(String path) {
    var shown = new StringBuilder();
    if (path.length() > MAX_BYTES) {
      return "(" + path.length() + " characters)";
    }
    path.codePoints().forEach(point -> show(point, shown));
    return shown.toString();
  }

  private static void show(int point, StringBuilder shown) {
    if (point >= 0xd800 && point <= 0xdfff) {
      shown.append(String.format(Locale.ROOT, "\\%03o", point & 0xff));
    } else if (point == '\n') {
      shown.append("\\n");
    } else if (point == '\t') {
      shown.append("\\t");
    } else if (Character.isISOControl(point)) {
      shown.append(String.format(Locale.ROOT, "\\%03o", point));
    } else {
      shown.appendCodePoint(point);
    }
  }
}
