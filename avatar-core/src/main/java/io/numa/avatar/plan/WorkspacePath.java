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
 * ..}, and nowhere near {@code .git} in any spelling that some file system takes for it.
 *
 * <p>The type checks the spelling only. Opening the path checks whether a symbolic link on the way
 * leads out.
 *
 * <p>Names in Git are bytes. Bytes that are no UTF-8 are kept in the text as halves of surrogate
 * pairs, U+DC80 to U+DCFF, as Python does it (PEP 383), so that equal paths are equal texts.
 */
public final class WorkspacePath {
  /** HFS+ ignores these code points in names (git's utf8.c, {@code next_hfs_char}). */
  private static final Pattern IGNORED_BY_HFS =
      Pattern.compile("[\\u200c-\\u200f\\u202a-\\u202e\\u206a-\\u206f\\ufeff]");

  /** What follows a colon names a stream on NTFS, which drops dots and spaces before it. */
  private static final Pattern IGNORED_BY_NTFS = Pattern.compile("(?s)(?<![. ])[. ]*+(:.*|\\z)");

  private static final Pattern GIT = Pattern.compile("\\.git|git~[0-9]+");

  private static final Pattern DRIVE = Pattern.compile("(?s)[A-Za-z]:.*");

  private static final Pattern WINDOWS_ROOT =
      Pattern.compile("(?s)([A-Za-z]:)?\\\\.*|[A-Za-z]:/.*");

  private static final Pattern LONE_SURROGATE =
      Pattern.compile(
          "[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]");

  /** Where bytes that are no UTF-8 are in a text: byte 0x80 is U+DC80. */
  private static final int ESCAPED_BYTES = 0xdc00;

  /**
   * How many names a path may have. Each name takes a handle or a stack frame, and no program can
   * check out folders that are more than about 2,000 deep anyway.
   */
  public static final int MAX_NAMES = 250;

  /** Linux takes 4,095 bytes (limits.h, PATH_MAX), of which the workspace's own path needs some. */
  private static final int MAX_BYTES = 3500;

  /** NAME_MAX of all common file systems. */
  private static final int MAX_NAME_BYTES = 255;

  /** How much of a path is shown. */
  private static final int SHOWN = 500;

  private final String value;

  /**
   * A path as people write it in a plan. A slash at its end is dropped.
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
   * A path as Git has it: any bytes. Backslashes and colons are letters as others, as long as
   * Windows would not make of them a way out or into a Git directory.
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

  /** The path as Git and file systems have it. */
  public byte[] bytes() {
    return encode(value);
  }

  /** The names on the way, at least one. */
  public List<String> segments() {
    return List.of(value.split("/"));
  }

  /** The folder it is in; empty for the workspace itself. */
  public Optional<WorkspacePath> parent() {
    int slash = value.lastIndexOf('/');
    if (slash < 0) {
      return Optional.empty();
    }
    String parent = value.substring(0, slash);
    return Optional.of(new WorkspacePath(parent, parent, null));
  }

  /** The bytes of a text of this class's kind. */
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

  /** The text of some bytes, as this class has it. */
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

  /** The path for people: characters that cannot be shown are escaped as Git does it. */
  @Override
  public String toString() {
    return shown(value);
  }

  /** Any path for people, of this class's kind or not; of a very long one, its beginning. */
  public static String shown(String path) {
    var shown = new StringBuilder();
    path.codePoints().limit(SHOWN).forEach(point -> show(point, shown));
    return path.codePointCount(0, path.length()) > SHOWN ? shown + "…" : shown.toString();
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
