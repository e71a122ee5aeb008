package io.numa.avatar.git.internal.lfs;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text that Git stores in place of an LFS file (git-lfs, docs/spec.md).
 *
 * @param oid the SHA-256 of the file's content, in 64 lower-case hexadecimal digits
 */
public record LfsPointer(String oid, long size) {
  /** In bytes; by the specification, every pointer is shorter. */
  static final int TOO_LONG = 1024;

  private static final String VERSION = "version https://git-lfs.github.com/spec/v1\n";
  private static final Pattern FORM =
      Pattern.compile(
          Pattern.quote(VERSION) + "oid sha256:([0-9a-f]{64})\nsize (0|[1-9][0-9]{0,17})\n");
  private static final Pattern OID = Pattern.compile("[0-9a-f]{64}");

  public LfsPointer {
    if (!OID.matcher(oid).matches() || size < 0) {
      throw new IllegalArgumentException("not an LFS object: '" + oid + "', " + size + " bytes");
    }
  }

  /**
   * Reads a pointer in exactly the form that this class writes. A pointer with extensions is not
   * accepted, as only a program could turn its content into the file.
   */
  static Optional<LfsPointer> parse(byte[] blob) {
    if (blob.length >= TOO_LONG) {
      return Optional.empty();
    }
    Matcher matcher = FORM.matcher(new String(blob, US_ASCII));
    return matcher.matches()
        ? Optional.of(new LfsPointer(matcher.group(1), Long.parseLong(matcher.group(2))))
        : Optional.empty();
  }

  public byte[] blob() {
    return (VERSION + "oid sha256:" + oid + "\nsize " + size + "\n").getBytes(US_ASCII);
  }
}
