package io.numa.avatar.http.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds the IPv4 address that an IPv6 address carries. Gateways and kernels may deliver to it what
 * is sent to the IPv6 address.
 */
final class EmbeddedAddress {
  /** The blocks of one method, and where their IPv4 address begins. */
  private record Form(AddressBlock block, int offset) {}

  private static final List<Form> FORMS =
      List.of(
          new Form(AddressBlock.parse("64:ff9b::/96"), 12), // NAT64, RFC 6052
          new Form(AddressBlock.parse("::ffff:0:0:0/96"), 12), // SIIT, RFC 2765
          new Form(AddressBlock.parse("::/96"), 12), // IPv4-compatible, RFC 4291
          new Form(AddressBlock.parse("2002::/16"), 2)); // 6to4, RFC 3056

  private static final AddressBlock TEREDO = AddressBlock.parse("2001::/32");

  private EmbeddedAddress() {}

  static Optional<InetAddress> in(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length == 4) {
      return Optional.empty();
    }
    if (TEREDO.contains(address)) {
      return Optional.of(ofTeredo(bytes));
    }
    if (isIsatap(bytes)) {
      return Optional.of(at(bytes, 12));
    }
    return FORMS.stream()
        .filter(form -> form.block().contains(address))
        .findFirst()
        .map(form -> at(bytes, form.offset()));
  }

  /** RFC 4380: the client's address, with all bits turned over. */
  private static InetAddress ofTeredo(byte[] bytes) {
    var turned = new byte[4];
    for (int i = 0; i < turned.length; i++) {
      turned[i] = (byte) ~bytes[12 + i];
    }
    return at(turned, 0);
  }

  /** RFC 5214: {@code 0:5efe} or {@code 200:5efe} before the IPv4 address. */
  private static boolean isIsatap(byte[] bytes) {
    return (bytes[8] & ~2) == 0 && bytes[9] == 0 && bytes[10] == 0x5e && bytes[11] == (byte) 0xfe;
  }

  private static InetAddress at(byte[] bytes, int offset) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, offset, offset + 4));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }
}
