package io.numa.avatar.git.internal.lfs;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.regex.Pattern;

/**
 * A reference to the content of an LFS file, which Git stores in its place (git-lfs, docs/spec.md).
 * {@link PointerText} reads it
 *
 * @param oid the SHA-256 of the file's content, in 64 lower-case hexadecimal digits
 */
public record LfsPointer(String oid, long size) {
  /** In bytes; by the specification, every pointer is shorter. */
  static final int TOO_LONG = 1024;

  private static final String VERSION = "version https://git-lfs.github.com/spec/v1\n";
  private static final Pattern OID = Pattern.compile("[0-9a-f]{64}");

  public LfsPointer {
    if (!OID.matcher(oid).matches() || size < 0) {
      throw new IllegalArgumentException("not an LFS object: '" + oid + "', " + size + " bytes");
    }
  }

  /** The text of the pointer, in the form of the specification. */
  public byte[] blob() {
    return (VERSION + "oid sha256:" + oid + "\nsize " + size + "\n").getBytes(US_ASCII);
  }
}
