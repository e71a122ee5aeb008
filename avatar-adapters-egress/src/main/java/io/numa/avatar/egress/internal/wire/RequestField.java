package io.numa.avatar.egress.internal.wire;

import java.util.regex.Pattern;

/** A header field of a request (RFC 9110, 5). */
record RequestField(String name, String value) {
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /**
   * Reads a line without its end. A line that continues the field before it has no name, and so is
   * refused; some servers read it as a field of its own.
   */
  static RequestField parse(String line) throws MalformedException {
    int colon = line.indexOf(':');
    String value = line.substring(colon + 1);
    if (colon < 0 || !NAME.matcher(line.substring(0, colon)).matches() || !isText(value)) {
      throw new MalformedException("a header field of the request is not NAME: VALUE");
    }
    return new RequestField(line.substring(0, colon), value.strip());
  }

  /** Whether it has no control characters but tabs. */
  private static boolean isText(String value) {
    return value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7f && c <= 0xff));
  }

  boolean is(String other) {
    return name.equalsIgnoreCase(other);
  }

  @Override
  public String toString() {
    return name + ": " + value + "\r\n";
  }
}
