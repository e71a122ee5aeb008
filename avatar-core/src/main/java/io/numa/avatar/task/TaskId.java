package io.numa.avatar.task;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** A task's id, as the backend spells it; opaque. */
public record TaskId(String value) {
  private static final int MAX_NAME = 120;

  private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9_-]");

  public TaskId {
    Ids.require("task id", value);
  }

  /**
   * A name for a file or folder of this task: one path segment, different for different ids. All
   * but letters, digits, {@code _} and {@code -} are {@code %XX} of their UTF-8 bytes. A name that
   * would be too long for a file system is cut off and ends in a digest.
   */
  public String fileName() {
    String name = UNSAFE.matcher(value).replaceAll(match -> percentEncoded(match.group()));
    return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME / 2) + "~" + digest();
  }

  private String digest() {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(value.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String percentEncoded(String text) {
    var encoded = new StringBuilder();
    for (byte unit : text.getBytes(UTF_8)) {
      encoded.append(String.format(Locale.ROOT, "%%%02X", unit));
    }
    return encoded.toString();
  }

  @Override
  public String toString() {
    return value;
  }
}
