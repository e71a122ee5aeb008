package io.numa.avatar.http.address;

import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The addresses that begin with the same bits, such as {@code 10.0.0.0/8}.
 *
 * @param first the address of the block whose other bits are zero
 * @param bits how many bits all addresses of the block share
 */
public record AddressBlock(InetAddress first, int bits) {
  private static final Pattern FORM = Pattern.compile("([^/]+)/([0-9]{1,3})");

  /**
   * Reads {@code address/bits}.
   *
   * @throws IllegalArgumentException if it has another form, or if the address has bits after those
   *     that are shared
   */
  public static AddressBlock parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()
        || !(LiteralHost.of(form.group(1)) instanceof LiteralHost.Address literal)) {
      throw new IllegalArgumentException(
          "not a block of addresses such as 10.0.0.0/8: '" + text + "'");
    }
    return new AddressBlock(literal.address(), Integer.parseInt(form.group(2)));
  }

  /** A block of one address. */
  static AddressBlock of(InetAddress one) {
    return new AddressBlock(one, one.getAddress().length * Byte.SIZE);
  }

  public AddressBlock {
    byte[] bytes = first.getAddress();
    if (bits > bytes.length * Byte.SIZE) {
      throw new IllegalArgumentException(
          "an address of " + bytes.length * Byte.SIZE + " bits cannot share " + bits);
    }
    for (int bit = bits; bit < bytes.length * Byte.SIZE; bit++) {
      if (isSet(bytes, bit)) {
        throw new IllegalArgumentException(
            "'" + first.getHostAddress() + "/" + bits + "' has bits after the first " + bits);
      }
    }
  }

  public boolean contains(InetAddress address) {
    byte[] one = first.getAddress();
    byte[] other = address.getAddress();
    if (one.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      if (isSet(one, bit) != isSet(other, bit)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSet(byte[] bytes, int bit) {
    return (bytes[bit / Byte.SIZE] >> (Byte.SIZE - 1 - bit % Byte.SIZE) & 1) == 1;
  }

  @Override
  public String toString() {
    return first.getHostAddress() + "/" + bits;
  }
}
