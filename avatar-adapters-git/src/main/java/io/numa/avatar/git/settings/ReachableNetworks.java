package io.numa.avatar.git.settings;

import io.numa.avatar.http.address.AddressRule;
import io.numa.avatar.http.address.AllowedNetworks;
import io.numa.avatar.http.address.CheckedLookup;
import io.numa.avatar.http.address.Destination;
import io.numa.avatar.http.address.HostLookup;
import java.util.function.Predicate;

/**
 * Which addresses of hosts may be dialled, beside public ones and those of hosts that the operator
 * names elsewhere.
 *
 * @param lookup looks up the names of hosts
 */
public record ReachableNetworks(AllowedNetworks allowed, HostLookup lookup) {
  /** All addresses, looked up by the system. */
  public static final ReachableNetworks ANY =
      new ReachableNetworks(AllowedNetworks.ANY, HostLookup.SYSTEM);

  /** The same lookup, with other addresses. */
  public ReachableNetworks withAllowed(AllowedNetworks others) {
    return new ReachableNetworks(others, lookup);
  }

  /** The lookup that checks each address; {@code named} tells what the operator names elsewhere. */
  public CheckedLookup checked(Predicate<Destination> named) {
    return new CheckedLookup(new AddressRule(allowed, named, "git.allowed_networks"), lookup);
  }
}
