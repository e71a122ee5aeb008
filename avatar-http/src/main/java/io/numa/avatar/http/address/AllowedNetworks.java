package io.numa.avatar.http.address;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The hosts and addresses that the operator allows beside the public ones: blocks ({@code
 * 10.0.0.0/8}), single addresses, host names, and domains ({@code .corp.example} for all hosts
 * below it).
 *
 * @param blocks the addresses, by any name
 * @param names in lower case; a name stands for all addresses that it resolves to
 */
public record AllowedNetworks(List<AddressBlock> blocks, List<String> names) {
  /** All addresses. */
  public static final AllowedNetworks ANY = of(List.of("0.0.0.0/0", "::/0"));

  public static final AllowedNetworks NONE = new AllowedNetworks(List.of(), List.of());

  public AllowedNetworks {
    blocks = List.copyOf(blocks);
    names = List.copyOf(names);
  }

  /**
   * Reads a list as an operator writes it.
   *
   * @throws IllegalArgumentException if an item is neither a block, nor an address, nor a host
   */
  public static AllowedNetworks of(List<String> items) {
    List<AddressBlock> blocks = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (String item : items) {
      boolean domain = item.startsWith(".");
      LiteralHost host = LiteralHost.of(domain ? item.substring(1) : item);
      if (item.indexOf('/') >= 0) {
        blocks.add(AddressBlock.parse(item));
      } else if (host instanceof LiteralHost.Address one && !domain) {
        blocks.add(AddressBlock.of(one.address()));
      } else if (host instanceof LiteralHost.Name name) {
        names.add((domain ? "." : "") + name.value());
      } else {
        throw new IllegalArgumentException(
            "not a host, an address, or a block of addresses such as 10.0.0.0/8: '" + item + "'");
      }
    }
    return new AllowedNetworks(blocks, names);
  }

  boolean contains(InetAddress address) {
    return blocks.stream().anyMatch(block -> block.contains(address));
  }

  /** Whether a name in lower case is listed, or is below a listed domain. */
  boolean names(String host) {
    return names.stream()
        .anyMatch(one -> one.startsWith(".") ? host.endsWith(one) : host.equals(one));
  }
}
