package io.numa.avatar.http.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A host as an address of a server names it. Programs differ in how they read odd spellings of
 * addresses ({@code 2130706433}, {@code 0x7f.1}, {@code 127.1}, full-width digits), so those are
 * neither names nor addresses here.
 */
public sealed interface LiteralHost {
  /**
   * A name to look up.
   *
   * @param value in lower case, without a dot at its end
   */
  record Name(String value) implements LiteralHost {}

  /** An address in its usual form. */
  record Address(InetAddress address) implements LiteralHost {}

  /**
   * Neither a name nor an address that all programs read in the same way.
   *
   * @param reason continues a sentence that begins with the host
   */
  record Odd(String reason) implements LiteralHost {}

  /** Reads a host; an IPv6 address may be in brackets. Asks no server. */
  static LiteralHost of(String host) {
    if (host.indexOf(':') >= 0 || host.startsWith("[")) {
      return Spelling.ipv6(host);
    }
    if (!Spelling.CHARACTERS.matcher(host).matches()) {
      return new Odd("has other characters than ASCII letters, digits, '-', '_' and '.'");
    }
    String name = host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
    if (Spelling.IPV4.matcher(host).matches()) {
      return Spelling.address(host);
    }
    if (Spelling.NUMBER.matcher(name.substring(name.lastIndexOf('.') + 1)).matches()) {
      return new Odd("is an address in an odd form; write it as four decimal numbers");
    }
    return Spelling.isName(name) ? new Name(name) : new Odd("is no name of a host");
  }

  /** The forms of hosts. */
  final class Spelling {
    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");
    private static final Pattern CHARACTERS = Pattern.compile("[A-Za-z0-9._-]{1,254}");

    /** What URLs and the C library read as a part of an IPv4 address. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");

    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_LABEL = 63;

    private Spelling() {}

    private static LiteralHost ipv6(String host) {
      boolean bracketed = host.startsWith("[") && host.endsWith("]");
      String bare = bracketed ? host.substring(1, host.length() - 1) : host;
      if (bare.indexOf('%') >= 0) {
        return new Odd("has a zone or an encoding, which only this machine can read");
      }
      String end = bare.substring(bare.lastIndexOf(':') + 1);
      boolean usual = end.indexOf('.') < 0 || IPV4.matcher(end).matches();
      return IPV6.matcher(bare).matches() && bare.indexOf(':') >= 0 && usual
          ? address("[" + bare + "]")
          : new Odd("is no IPv6 address");
    }

    /** The JDK asks no server for literals, and reads brackets as a sign that it is one. */
    private static LiteralHost address(String literal) {
      try {
        return new Address(InetAddress.getByName(literal));
      } catch (UnknownHostException e) {
        return new Odd("is no IPv6 address");
      }
    }

    private static boolean isName(String name) {
      return name.length() <= LONGEST_NAME
          && Arrays.stream(name.split("\\.", -1))
              .allMatch(label -> !label.isEmpty() && label.length() <= LONGEST_LABEL);
    }
  }
}
