package io.numa.avatar.http.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Looks up the addresses of a name. */
@FunctionalInterface
public interface HostLookup {
  /** The JDK's, which asks the system and caches the answers for some seconds. */
  HostLookup SYSTEM = name -> List.of(InetAddress.getAllByName(name));

  /**
   * Looks up a name.
   *
   * @return at least one address
   */
  List<InetAddress> addresses(String name) throws UnknownHostException;
}
