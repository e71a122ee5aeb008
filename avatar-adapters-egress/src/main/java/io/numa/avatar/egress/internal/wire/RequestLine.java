package io.numa.avatar.egress.internal.wire;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first line of an HTTP/1 request.
 *
 * @param version {@code HTTP/1.0} or {@code HTTP/1.1}
 */
record RequestLine(String method, String target, String version) {
  private static final Pattern FORM =
      Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+) ([\\x21-\\x7e]+) (HTTP/1\\.[01])");

  static RequestLine parse(String line) throws MalformedException {
    Matcher form = FORM.matcher(line);
    if (!form.matches()) {
      throw new MalformedException("the first line of the request is none of HTTP/1");
    }
    return new RequestLine(form.group(1), form.group(2), form.group(3));
  }
}
