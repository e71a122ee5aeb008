package io.numa.avatar.egress.internal.wire;

import io.numa.avatar.egress.internal.policy.Hosts;
import io.numa.avatar.port.sandbox.HostAndPort;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The line with which the sandbox's helper begins a connection. */
public sealed interface FirstLine {
  /** A process in the sandbox has connected to {@code asked}, and its bytes follow. */
  record Connected(HostAndPort asked) implements FirstLine {}

  /** A process tried to connect to {@code asked} in vain, as nothing listens there. */
  record Noted(HostAndPort asked) implements FirstLine {}

  /** What the process asked for. */
  HostAndPort asked();

  /** The longest line, in bytes with its end. */
  int LONGEST = 300;

  /** Reads a line without its end. */
  static FirstLine parse(String line) throws MalformedException {
    Matcher form = Form.LINE.matcher(line);
    if (!form.matches()) {
      throw new MalformedException("it did not begin with tcp HOST PORT");
    }
    Optional<HostAndPort> asked = Hosts.of(form.group(2), form.group(3));
    if (asked.isEmpty()) {
      throw new MalformedException("its first line names no host");
    }
    return form.group(1).equals("tcp") ? new Connected(asked.get()) : new Noted(asked.get());
  }

  /** The form of the line. */
  final class Form {
    private static final Pattern LINE = Pattern.compile("(tcp|note) ([^ ]{1,255}) ([0-9]{1,5})");

    private Form() {}
  }
}
