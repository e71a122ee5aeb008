package io.numa.avatar.port.sandbox;

import java.util.Set;

/**
 * Where connections inside of a sandbox are to be taken up.
 *
 * @param captured ports on the addresses that stand for host names, and on {@code addresses}
 * @param local ports on the loopback address
 * @param addresses literal addresses that the operator allows
 * @param names names that resolve, though names of their kind usually do not, such as {@code
 *     db.internal}
 */
public record EgressPorts(
    Set<Integer> captured, Set<Integer> local, Set<String> addresses, Set<String> names) {
  public EgressPorts {
    captured = Set.copyOf(captured);
    local = Set.copyOf(local);
    addresses = Set.copyOf(addresses);
    names = Set.copyOf(names);
  }
}
