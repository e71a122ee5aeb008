package io.numa.avatar.http.address;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * What an address is for, by the registries of special addresses (RFC 6890 and its successors). An
 * IPv6 address that carries an IPv4 address is of the kind of the address that it carries.
 */
public enum AddressKind {
  /** A service of a cloud that gives credentials to any caller on its machines. */
  METADATA(
      "a metadata address of a cloud",
      "169.254.169.254/32",
      "169.254.170.2/32",
      "169.254.170.23/32",
      "100.100.100.200/32",
      "168.63.129.16/32",
      "192.0.0.192/32",
      "fd00:ec2::254/128",
      "fd00:ec2::23/128",
      "fd20:ce::254/128"),
  /** The machine itself, for Linux and others. */
  UNSPECIFIED("the unspecified address, which means this machine", "0.0.0.0/8", "::/128"),
  LOOPBACK("a loopback address", "127.0.0.0/8", "::1/128"),
  LINK_LOCAL("a link-local address", "169.254.0.0/16", "fe80::/10"),
  /** Addresses of inner networks, those of IPv6 included. */
  PRIVATE(
      "a private address",
      "10.0.0.0/8",
      "172.16.0.0/12",
      "192.168.0.0/16",
      "fc00::/7",
      "fec0::/10",
      "64:ff9b:1::/48"),
  /** Inner addresses of carriers, and of some networks over networks. */
  SHARED("a shared address of a carrier's network", "100.64.0.0/10"),
  MULTICAST("a multicast address", "224.0.0.0/4", "ff00::/8"),
  BROADCAST("the broadcast address", "255.255.255.255/32"),
  /** Addresses for documents, benchmarks and the future, and those of no known use. */
  RESERVED(
      "a reserved address",
      "192.0.0.0/24",
      "192.0.2.0/24",
      "192.88.99.0/24",
      "198.18.0.0/15",
      "198.51.100.0/24",
      "203.0.113.0/24",
      "240.0.0.0/4",
      "2001::/23",
      "2001:db8::/32",
      "3fff::/20"),
  /** An address of one of this machine's network interfaces. {@link #of} does not look at them. */
  OWN("an address of this machine"),
  PUBLIC("a public address");

  private static final AddressBlock IPV6_OF_ALL = AddressBlock.parse("2000::/3");

  private final String words;

  @SuppressWarnings("ImmutableEnumChecker") // the blocks do not change
  private final List<AddressBlock> blocks;

  AddressKind(String words, String... blocks) {
    this.words = words;
    this.blocks = Arrays.stream(blocks).map(AddressBlock::parse).toList();
  }

  /** The kind of an address; {@link #OWN} is not among the answers. */
  public static AddressKind of(InetAddress address) {
    AddressKind outer = ofBlocks(address);
    if (outer != PUBLIC && outer != RESERVED) {
      return outer;
    }
    return EmbeddedAddress.in(address).map(AddressKind::of).orElse(outer);
  }

  private static AddressKind ofBlocks(InetAddress address) {
    return Arrays.stream(values())
        .filter(kind -> kind.blocks.stream().anyMatch(block -> block.contains(address)))
        .findFirst()
        .orElse(isOfAll(address) ? PUBLIC : RESERVED);
  }

  private static boolean isOfAll(InetAddress address) {
    return address.getAddress().length == 4 || IPV6_OF_ALL.contains(address);
  }

  /**
   * Whether it is enough that the operator names the host. A connection to another kind is for
   * nothing but an attack, so its address itself must be named.
   */
  boolean isReachedByName() {
    return switch (this) {
      case LOOPBACK, LINK_LOCAL, PRIVATE, SHARED, RESERVED, OWN, PUBLIC -> true;
      case METADATA, UNSPECIFIED, MULTICAST, BROADCAST -> false;
    };
  }

  /** A name with its article, such as {@code a private address}. */
  public String words() {
    return words;
  }
}
